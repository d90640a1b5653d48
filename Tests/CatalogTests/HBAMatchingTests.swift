import Catalog
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct HBAMatchingTests {
    private static func network(_ address: String, tls: Bool = false) throws -> HBARequest.Client {
        .network(try #require(IPAddress(address)), usesTLS: tls, usesGSS: false)
    }

    private static func origin(_ network: String, _ mask: String) throws -> HBARule.Origin {
        .network(try #require(IPAddress(network)), mask: try #require(IPAddress(mask)))
    }

    @Test func typesFollowTheTransport() throws {
        let plain = HBARequest(user: "u", database: "d", client: try Self.network("10.0.0.7"))
        let tls = HBARequest(user: "u", database: "d", client: try Self.network("10.0.0.7", tls: true))
        let socket = HBARequest(user: "u", database: "d", client: .socket)
        func matches(_ kind: HBARule.Kind) -> [HBAMatch] {
            let rule = HBARule(kind, databases: ["all"], users: ["all"], origin: .all, method: "trust")
            return [plain, tls, socket].map { rule.match($0) }
        }
        #expect(matches(.host) == [.matches, .matches, .differs])
        #expect(matches(.hostssl) == [.differs, .matches, .differs])
        #expect(matches(.hostnossl) == [.matches, .differs, .differs])
        #expect(matches(.hostgssenc) == [.differs, .differs, .differs])
        #expect(matches(.hostnogssenc) == [.matches, .matches, .differs])
        #expect(matches(.local) == [.differs, .differs, .matches])
    }

    @Test(arguments: [
        (["all"], true), (["shop"], true), (["Shop"], false), (["sameuser"], false), (["samerole"], false),
        (["replication"], false), (["other", "shop"], true), (["/^sh"], true), (["/^x"], false), ([], false),
    ]) func databases(_ words: [String], _ matches: Bool) {
        var request = HBARequest(user: "u", database: "shop", client: .socket, knowsPatterns: true)
        request.databasePatterns = ["/^sh"]
        let rule = HBARule(.local, databases: words, users: ["all"], method: "trust")
        #expect(rule.match(request) == (matches ? .matches : .differs))
    }

    @Test func physicalReplicationHasARuleOfItsOwn() {
        var request = HBARequest(user: "u", database: "shop", client: .socket)
        request.isPhysicalReplication = true
        func match(_ database: String) -> HBAMatch {
            HBARule(.local, databases: [database], users: ["u"], method: "trust").match(request)
        }
        #expect(match("replication") == .matches && match("all") == .differs && match("shop") == .differs)
        #expect(request.lineToAdd == "local replication u scram-sha-256")
    }

    @Test func usersByNameAndMembership() {
        let request = HBARequest(
            user: "app", database: "team", client: .socket, memberships: ["app", "team"], knowsPatterns: false)
        func match(_ user: String, _ database: String = "all") -> HBAMatch {
            HBARule(.local, databases: [database], users: [user], method: "trust").match(request)
        }
        #expect(match("+team") == .matches && match("+app") == .matches && match("+other") == .differs)
        #expect(match("app", "samerole") == .matches && match("app", "sameuser") == .differs)
        // Before 16 a slash is a character of the name.
        #expect(match("/app") == .differs)
    }

    @Test func addresses() throws {
        func match(_ client: String, _ origin: HBARule.Origin, server: String? = nil) throws -> HBAMatch {
            let request = HBARequest(
                user: "u", database: "d", client: try Self.network(client),
                serverAddress: server.flatMap { IPAddress($0) })
            return HBARule(.host, databases: ["all"], users: ["all"], origin: origin, method: "md5").match(
                request)
        }
        #expect(try match("10.1.2.3", Self.origin("10.0.0.0", "255.0.0.0")) == .matches)
        #expect(try match("11.1.2.3", Self.origin("10.0.0.0", "255.0.0.0")) == .differs)
        #expect(try match("10.1.2.3", Self.origin("10.9.9.3", "255.0.0.255")) == .matches)
        #expect(try match("10.1.2.3", Self.origin("::", "::")) == .differs)
        #expect(try match("fe80::1%eth0", Self.origin("fe80::", "ffc0::")) == .matches)
        #expect(try match("::1", .sameHost) == .matches)
        #expect(try match("10.1.2.3", .sameHost, server: "10.1.2.3") == .matches)
        guard case .depends = try match("10.1.2.3", .sameNet, server: "10.1.2.4") else {
            return #expect(Bool(false), "only the server knows its networks")
        }
        guard case .depends(let reason) = try match("10.1.2.3", .name(".example.com")) else {
            return #expect(Bool(false), "only the server knows its resolver")
        }
        #expect(reason.hasSuffix("a name in .example.com"))
    }

    @Test func theLineToAddLetsIn() throws {
        let odd = HBARequest(user: "all", database: "Odd \"db", client: try Self.network("2001:db8::7", tls: true))
        #expect(odd.lineToAdd == "hostssl \"Odd \"\"db\" \"all\" 2001:db8::7/128 scram-sha-256")
        let plain = HBARequest(user: "scry_replication", database: "shop", client: try Self.network("10.0.0.7"))
        #expect(plain.lineToAdd == "host shop scry_replication 10.0.0.7/32 scram-sha-256")
    }

    /// A rule whose condition only the server knows is neither taken nor passed over.
    @Test func whatOnlyTheServerKnowsIsUncertain() throws {
        let request = HBARequest(user: "u", database: "d", client: try Self.network("10.0.0.7"))
        func line(_ number: Int, _ origin: HBARule.Origin) -> HBALine {
            HBALine(
                number: number, rule: HBARule(.host, databases: ["all"], users: ["u"], origin: origin, method: "md5"))
        }
        let lines = [
            line(1, .name("a.b")), HBALine(number: 2, rule: nil, error: "bad"), line(3, .all), line(4, .sameNet),
        ]
        let decision = HBADecision(lines, request)
        #expect(decision.deciding == 2 && decision.uncertain == [0])
        #expect(decision.matches[1] == nil && decision.matches[2] == .matches)
        #expect(HBADecision([], request).deciding == nil)
    }
}

/// The server's own decision, by trying to connect.
@Suite(.blocking) struct HBAServerTests {
    private enum Outcome: Hashable { case letIn, rejected, noRule }

    private static func outcome(_ parameters: ConnectionString) throws -> Outcome {
        do throws(PostgresError) {
            _ = try Connection(parameters, interrupt: Interrupt())
            return .letIn
        } catch {
            if error.message.contains("no pg_hba.conf entry") { return .noRule }
            if error.message.contains("pg_hba.conf rejects") { return .rejected }
            // Let in, and then refused for another reason: no such database, no privilege to replicate.
            #expect(!error.message.contains("pg_hba.conf"), "\(error)")
            return .letIn
        }
    }

    /// All that the rules allow: one outcome, more where one is uncertain.
    private static func expected(_ lines: [HBALine], _ request: HBARequest) -> Set<Outcome> {
        let decision = HBADecision(lines, request)
        let places = decision.uncertain.map { Optional($0) } + [decision.deciding]
        return Set(
            places.map { place in
                place.map { lines[$0].rule?.letsIn == true ? .letIn : .rejected } ?? .noRule
            })
    }

    @Test(arguments: 1...4) func decidesAsTheServerDoes(seed: Int) throws {
        let cluster = try LocalCluster(.source, listensOnTCP: true)
        try cluster.start()
        let admin = try cluster.connect()
        for statement in [
            "CREATE ROLE team", "CREATE ROLE \"Odd User\" LOGIN", "CREATE ROLE app LOGIN IN ROLE team",
            "CREATE ROLE boss SUPERUSER LOGIN",
            "CREATE DATABASE app", "CREATE DATABASE team",
        ] { try admin.query(statement) }
        let knowsPatterns = admin.serverVersion.major >= 16
        var random = Generator(state: UInt64(seed))
        for _ in 0..<8 {
            let rules = (0..<6).map { _ in random.rule(knowsPatterns) }.joined(separator: "\n")
            try cluster.setAccessRules("local postgres postgres trust\n" + rules + "\n")
            for user in ["app", "Odd User", "boss"] {
                for database in ["app", "team"] {
                    for address in ["127.0.0.1", nil] {
                        let file = try admin.hbaFile(
                            user: user, database: database, address: address.flatMap { IPAddress($0) })
                        let lines = try #require(file.lines)
                        #expect(lines.count == 7 && !lines.contains(where: \.isFault), "\(rules)")
                        let parameters = cluster.connectionString(
                            database: database, user: user, overTCP: address != nil)
                        for replication in [nil, "database", "true"] {
                            var request = file.request
                            request.isPhysicalReplication = replication == "true"
                            var asked = parameters
                            asked["replication"] = replication
                            let outcome = try Self.outcome(asked)
                            #expect(
                                Self.expected(lines, request).contains(outcome),
                                "\(outcome) of \(request) under\n\(rules)")
                        }
                    }
                }
            }
        }
    }

    /// A line that `lineToAdd` gives is read by the server as it is meant.
    @Test func theLineToAddIsRead() throws {
        let cluster = try LocalCluster(.source, listensOnTCP: true)
        try cluster.start()
        try cluster.run("CREATE ROLE \"all\" LOGIN")
        let admin = try cluster.connect()
        let request = try admin.hbaFile(user: "all", database: "Odd \"db,", address: IPAddress("127.0.0.1")).request
        try cluster.setAccessRules("local postgres postgres trust\n\(request.lineToAdd)\n")
        let rule = try #require(try admin.hbaLines().last?.rule)
        #expect(rule.databases == ["Odd \"db,"] && rule.users == ["all"] && rule.method == "scram-sha-256")
        #expect(rule.match(request) == .matches)
    }

    @Test func withoutThePrivilegeTheLineIsStillKnown() throws {
        let database = try SharedCluster.database()
        let role = "\(database.name)_role"
        try database.run("CREATE ROLE \(role) LOGIN")
        let connection = try Connection(
            database.connectionString.merging(["user": role]), interrupt: Interrupt())
        let file = try connection.hbaFile()
        #expect(file.lines == nil && file.decision == nil && file.hasChanged == nil)
        #expect(file.request.lineToAdd == "local \(database.name) \(role) scram-sha-256")
        try database.run("GRANT EXECUTE ON FUNCTION pg_catalog.pg_hba_file_rules() TO \(role)")
        #expect(try connection.hbaFile().decision?.deciding == 0)
    }

    @Test func linesWithErrorsAreShown() throws {
        let cluster = try LocalCluster(.source)
        try cluster.start()
        let admin = try cluster.connect()
        try cluster.setAccessRules("local all all trust\nlocal all\nhost all all 300.0.0.0/8 trust\n")
        let lines = try admin.hbaLines()
        #expect(lines.map(\.number) == [1, 2, 3] && lines[0].error == nil && lines[1].isFault)
        #expect(lines[1].error?.contains("end-of-line") == true)
    }
}

/// Rules at random, the same for the same seed.
private struct Generator {
    var state: UInt64

    private mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }

    private mutating func choose(_ words: [String]) -> String { words[next(below: words.count)] }

    mutating func rule(_ knowsPatterns: Bool) -> String {
        let kind = choose(["local", "host", "host", "host", "hostnossl", "hostnogssenc", "hostssl"])
        // GSSAPI's words came with 12.
        let type = kind == "hostnogssenc" && !knowsPatterns ? "host" : kind
        var databases = ["all", "app", "team", "sameuser", "samerole", "replication", "team,app", "other,sameuser"]
        var users = ["all", "app", "\"Odd User\"", "+team", "boss", "app,boss", "+app", "+boss"]
        if knowsPatterns {
            databases += ["\"/^a\"", "/m$"]
            users += ["\"/^Odd\"", "/pp"]
        }
        let who = "\(type) \(choose(databases)) \(choose(users))"
        let method = choose(["trust", "reject"])
        guard kind != "local" else { return "\(who) \(method)" }
        let address = choose([
            "all", "127.0.0.1/32", "127.0.0.0/8", "10.0.0.0/8", "0.0.0.0/0", "127.9.9.1 255.0.0.255", "::/0",
            "samehost",
            "samenet", "128.0.0.0/1", "no-such-host.invalid",
        ])
        return "\(who) \(address) \(method)"
    }
}

import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

/// On a server of its own: the rules are the whole server's.
@Suite(.blocking) struct HBACheckTests {
    let cluster: LocalCluster
    let fixture: PreflightFixture

    init() throws {
        cluster = try LocalCluster(.source, settings: ["max_wal_senders": "2"])
        try cluster.start()
        try cluster.run("CREATE TABLE t (a int PRIMARY KEY); CREATE ROLE repl LOGIN REPLICATION; CREATE ROLE app LOGIN")
        fixture = try PreflightFixture()
    }

    private func finding(user: String = "postgres") throws -> Preflight.Finding {
        try finding(cluster.connect(user: user))
    }

    private func finding(_ source: Connection) throws -> Preflight.Finding {
        try #require(try Preflight.run(fixture.context(source: source))["hba"])
    }

    @Test func aConnectionIsTried() throws {
        #expect(try finding().message == "a replication connection was opened, by line 1 of pg_hba.conf")
        #expect(try finding().found == "line 1, method trust")
    }

    @Test func theRulesMayBeHidden() throws {
        let finding = try finding(user: "repl")
        #expect(finding.status == .pass)
        #expect(
            finding.message
                == "a replication connection was opened; the rules themselves are not shown to user \"repl\"")
    }

    @Test func whoMayNotReplicateIsNotTried() throws {
        #expect(try finding(user: "app").message.hasSuffix("as the user may not use replication"))
    }

    @Test func theLastSenderIsLeftToTheJob() throws {
        let holder = try Connection(
            cluster.connectionString().merging(["replication": "database"]), interrupt: Interrupt())
        #expect(try finding().message.hasSuffix("as only one WAL sender is free"))
        withExtendedLifetime(holder) {}
    }

    @Test func aRefusalComesWithTheLineToAdd() throws {
        let source = try cluster.connect(user: "repl")
        try cluster.setAccessRules("local all postgres trust\nlocal all all reject\n")
        // Until the server has read it.
        waitUntil { (try? cluster.connect(user: "repl")) == nil }
        let finding = try finding(source)
        #expect(finding.status == .fail)
        #expect(finding.found?.contains("pg_hba.conf rejects") == true, "\(finding.found ?? "")")
        #expect(finding.hint?.hasSuffix("pg_hba.conf, then \\reload: local postgres repl scram-sha-256") == true)
        try cluster.setAccessRules(nil)
        waitUntil { (try? cluster.connect(user: "repl")) != nil }
        #expect(try self.finding(source).status == .pass)
    }

    @Test func linesThatCantBeReadAreTold() throws {
        try cluster.setAccessRules("local all all trust\nlocal all\n")
        let finding = try finding()
        #expect(finding.status == .warn && finding.message == "pg_hba.conf has 1 line that cannot be read")
        #expect(finding.found?.hasPrefix("line 2: ") == true)
    }
}

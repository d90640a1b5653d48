import Commands
import Configuration
import Foundation
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct HbaCommandTests {
    private let cluster: LocalCluster

    init() throws {
        cluster = try LocalCluster(.source, listensOnTCP: true)
        try cluster.start()
    }

    private func run(_ words: String..., user: String = "postgres", overTCP: Bool = false) throws -> Output {
        let interrupt = try Interrupt()
        let context = CommandContext(
            configuration: Configuration(), interrupt: interrupt,
            source: Server(
                .source, cluster.connectionString(user: user, overTCP: overTCP), interrupt: interrupt), shadow: nil)
        let (command, rest) = try #require(CommandTable.find(words))
        return try command.run(context, command.grammar.parse(Array(rest), of: command))
    }

    @Test func showsWhichRuleDecides() throws {
        try cluster.setAccessRules(
            "# a comment\nlocal all postgres trust\nhost all all 10.0.0.0/8 md5\nhost all all 127.0.0.1/32 trust\n")
        let output = try run("hba")
        let table = try #require(output.tables.first)
        #expect(
            table.title
                == "Rules of pg_hba.conf for user \"postgres\", database \"postgres\", through a Unix-domain socket")
        #expect(
            table.columns.map(\.name) == [
                "line", "type", "database", "user", "address", "method", "options", "applies",
            ])
        #expect(table.rows.first == ["2", "local", "all", "postgres", nil, "trust", nil, "decides"])
        #expect(output.text.hasPrefix("Line 2 decides: authentication by trust.\n"))
        #expect(output.text.contains("logical replication connection"))
        #expect(output.warnings == ["line 2 lets in without a password (trust)"])
        let other = try run("hba", "app", "shop", "10.1.2.3")
        #expect(other.text.hasPrefix("Line 3 decides: authentication by md5.\n"))
        #expect(try other.json()["lets_in"] as? Bool == true)
        let own = try run("hba", overTCP: true)
        #expect(own.text.hasPrefix("Line 4 decides"))
        #expect(try own.json()["address"] as? String == "127.0.0.1")
    }

    @Test func givesTheLineToAdd() throws {
        try cluster.setAccessRules("local all postgres trust\nhost all +team samenet md5\nhost all app all reject\n")
        let none = try run("hba", "scry_replication", "Shop", "10.1.2.3")
        #expect(none.text.hasPrefix("No line matches: the server refuses the connection.\n"))
        #expect(
            none.text.contains(
                "Add this line to pg_hba.conf, then \\reload:\n    host shop scry_replication 10.1.2.3/32 scram-sha-256"
            ))
        #expect(try none.json()["lets_in"] as? Bool == false)
        let rejected = try run("hba", "app", "shop", "10.1.2.3")
        #expect(rejected.text.hasPrefix("Line 3 decides: the server refuses the connection (reject)."))
        #expect(rejected.text.contains("Put this line above line 3 of pg_hba.conf"))
        #expect(throws: PostgresError.self) { try run("hba", "app", "shop", "here") }
    }

    @Test func whatOnlyTheServerKnowsIsSaid() throws {
        try cluster.setAccessRules("local all postgres trust\nhost all app samenet md5\nhost all app all reject\n")
        let output = try run("hba", "app", "shop", "10.1.2.3")
        #expect(
            output.text.contains("line 2 would decide instead if 10.1.2.3 is in a network of the server's"))
        #expect(try output.json()["lets_in"] is NSNull)
    }

    @Test func errorsInTheFileAreShown() throws {
        try cluster.setAccessRules("local all postgres trust\nlocal all\n")
        let output = try run("hba")
        #expect(output.warnings.contains { $0.hasSuffix("line 2: end-of-line before role specification") })
        let reload = try run("reload")
        #expect(!reload.succeeded)
        #expect(reload.warnings.contains { $0.hasSuffix("line 2: end-of-line before role specification") })
        let errors = try #require(try reload.json()["hba_errors"] as? [[String: Any]])
        #expect(errors.count == 1 && errors[0]["line"] as? Int == 2)
    }

    @Test func withoutThePrivilegeTheGrantIsGiven() throws {
        try cluster.run("CREATE ROLE app LOGIN")
        let output = try run("hba", user: "app")
        #expect(output.text.contains("user \"app\" may not see the rules"))
        #expect(output.text.contains("    local postgres app scram-sha-256"))
        guard case .warning(_, let hint) = try #require(output.blocks.last) else { return }
        #expect(hint?.contains("GRANT EXECUTE ON FUNCTION pg_catalog.pg_hba_file_rules() TO \"app\";") == true)
        try cluster.run("GRANT EXECUTE ON FUNCTION pg_catalog.pg_hba_file_rules() TO \"app\"")
        #expect(try run("hba", user: "app").text.hasPrefix("Line 1 decides"))
    }
}

import Commands
import Configuration
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct CheckCommandTests {
    @Test func allIsWell() throws {
        let fixture = try CommandFixture(
            "CREATE TABLE users (id int PRIMARY KEY)", shadow: SharedCluster.database(.shadow))
        let output = try fixture.run("check")
        #expect(output.succeeded && output.couldConnect)
        #expect(output.text.contains("ok    wal_level              wal_level is logical\n"))
        // An old release is a warning, and a shadow of an older version.
        #expect(output.text.split(separator: "\n").last?.hasPrefix("All checks passed") == true)
        #expect(try output.json()["passed"] as? Bool == true)
    }

    @Test func aFaultIsShownWithWhatMendsIt() throws {
        let fixture = try CommandFixture("CREATE TABLE nokey (a int)")
        let output = try fixture.run("check")
        #expect(!output.succeeded && output.couldConnect)
        #expect(
            output.text.contains(
                """
                FAIL  replica_identity       UPDATE and DELETE on public.nokey fail on the source while published
                      found:   public.nokey: no primary key
                      needed:  a primary key, a unique index as replica identity, or REPLICA IDENTITY FULL
                """))
        #expect(
            output.text.contains("\n      SQL:     ALTER TABLE \"public\".\"nokey\" REPLICA IDENTITY FULL;\n"))
        #expect(
            output.text.contains("skip  shadow_connection      no shadow is configured\n      HINT:    Name it with"))
        #expect(output.text.split(separator: "\n").last?.hasPrefix("1 check failed") == true)
    }

    @Test func tablesMayBeNamed() throws {
        let fixture = try CommandFixture(
            "CREATE TABLE nokey (a int); CREATE TABLE \"Users\" (id int PRIMARY KEY); CREATE SCHEMA app")
        #expect(try fixture.run("check", "\"Users\"").succeeded)
        #expect(try !fixture.run("check", "*").succeeded)
        #expect(fixture.failure("check", "users")?.message == "table \"users\" does not exist")
    }

    @Test func cdcNeedsItsPublication() throws {
        let fixture = try CommandFixture("CREATE TABLE users (id int PRIMARY KEY)", mode: .cdc)
        let output = try fixture.run("check")
        #expect(!output.succeeded)
        #expect(output.text.contains("FAIL  publication            publication \"pub\" does not exist"))
        _ = try fixture.run("publish", "users")
        #expect(try fixture.run("check").succeeded)
    }

    @Test func aSourceThatCantBeReachedIsAFinding() throws {
        let fixture = try CommandFixture()
        let interrupt = try Interrupt()
        let context = CommandContext(
            configuration: fixture.context.configuration, interrupt: interrupt,
            source: Server(
                .source, fixture.database.cluster.connectionString(database: "no_such"), interrupt: interrupt),
            shadow: nil)
        let command = try #require(CommandTable.find(["check"])?.command)
        let output = try command.run(context, Arguments())
        #expect(!output.succeeded && !output.couldConnect)
        #expect(output.text.contains("FAIL  connection"))
        #expect(output.text.contains("HINT:    Name a database that exists"))
    }

    /// The session may be the user's own, in a transaction that a refusal would end.
    @Test func anOpenTransactionIsLeftAlone() throws {
        let fixture = try CommandFixture("CREATE TABLE users (id int PRIMARY KEY)")
        let session = try fixture.context.source.connection()
        try session.query("BEGIN; CREATE TABLE mine (id int PRIMARY KEY)")
        #expect(try fixture.run("check").text.contains("for 1 table\n"))
        #expect(session.transactionStatus == .inTransaction)
        #expect(fixture.failure("check", "--fix", "--yes") == nil)
        try session.query("ROLLBACK")
    }
}

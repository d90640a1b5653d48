import Commands
import Configuration
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct CheckFixTests {
    @Test func withNothingToMendItSaysSo() throws {
        let fixture = try CommandFixture(
            "CREATE TABLE users (id int PRIMARY KEY)", shadow: SharedCluster.database(.shadow))
        let output = try fixture.run("check", "--fix")
        // An old release, or an older shadow, is a fault that no statement mends.
        guard try fixture.run("check").text.hasSuffix("All checks passed.") else { return }
        #expect(output.succeeded && output.text == "-- There is nothing to mend.")
        #expect(try fixture.run("check", "--fix", "--yes").text == output.text)
    }

    @Test func statementsAreShownAndRunOnlyIfConfirmed() throws {
        let fixture = try CommandFixture("CREATE TABLE nokey (a int); CREATE TABLE other (b int)")
        let shown = try fixture.run("check", "--fix")
        #expect(!shown.succeeded)
        #expect(
            shown.text.contains(
                """
                -- replica_identity: UPDATE and DELETE on public.nokey, public.other fail on the source while published
                ALTER TABLE "public"."nokey" REPLICA IDENTITY FULL;
                ALTER TABLE "public"."other" REPLICA IDENTITY FULL;
                """))
        #expect(try !fixture.run("check").succeeded)
        let run = try fixture.run("check", "--fix", "--yes")
        #expect(run.succeeded)
        #expect(run.text.hasPrefix("done  ALTER TABLE \"public\".\"nokey\" REPLICA IDENTITY FULL;\ndone  ALTER"))
        #expect(run.text.contains("\nWARN  replica_identity"))
        #expect(try fixture.run("check").succeeded)
        let document = try run.json()
        #expect(document["passed"] as? Bool == true)
        #expect((document["statements"] as? [[String: Any]])?.map { $0["status"] as? String } == ["done", "done"])
    }

    /// What is asked of an owner is refused to another, and what follows is not run.
    @Test func itStopsAtTheFirstError() throws {
        let cluster = try LocalCluster(.source)
        try cluster.start()
        try cluster.run("CREATE ROLE app LOGIN; CREATE TABLE a (id int); CREATE TABLE b (id int)")
        let interrupt = try Interrupt()
        let context = CommandContext(
            configuration: Configuration(), interrupt: interrupt,
            source: Server(.source, cluster.connectionString(user: "app"), interrupt: interrupt), shadow: nil)
        let command = try #require(CommandTable.find(["check"])?.command)
        let arguments = try command.grammar.parse(["--fix", "--yes"], of: command)
        let output = try command.run(context, arguments)
        #expect(!output.succeeded)
        let lines = output.text.split(separator: "\n")
        #expect(lines.first == "FAIL  ALTER ROLE \"app\" REPLICATION;")
        #expect(lines[1].hasPrefix("      ERROR:  "))
        #expect(output.text.contains("more statements were not run."))
        #expect(output.text.contains("\nFAIL  replication_privilege"))
        let statements = try #require(try output.json()["statements"] as? [[String: Any]])
        #expect(statements.first?["status"] as? String == "failed" && statements.first?["error"] is String)
        #expect(statements.last?["status"] as? String == "not run")
    }

    @Test func whatEndsOrDropsSomethingIsAComment() throws {
        let fixture = try CommandFixture("CREATE TABLE users (id int PRIMARY KEY)")
        let slot = fixture.context.configuration.source.replicationSlot
        try fixture.connection.query("SELECT pg_create_physical_replication_slot($1)", [slot])
        let output = try fixture.run("check", "--fix", "--yes")
        #expect(
            output.text.contains(
                """
                -- To be run by hand.
                """))
        #expect(output.text.contains("\n-- SELECT pg_drop_replication_slot('\(slot)');"))
        #expect(
            try fixture.connection.query("SELECT FROM pg_replication_slots WHERE slot_name = $1", [slot]).rowCount == 1)
        try fixture.connection.query("SELECT pg_drop_replication_slot($1)", [slot])
    }

    @Test func yesAloneMeansNothing() throws {
        let fixture = try CommandFixture()
        #expect(fixture.failure("check", "--yes")?.message == "\"--yes\" of \"check\" goes with \"--fix\"")
    }
}

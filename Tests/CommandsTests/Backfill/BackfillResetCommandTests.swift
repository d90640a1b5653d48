import Commands
import Job
import Libpq
import LocalCluster
import Postgres
import Subscriber
import Testing
import Waiting

@Suite(.blocking) struct BackfillResetCommandTests {
    /// The slot is not given up for a publication that cannot be dropped.
    @Test func aResetThatFailsChangesNothing() throws {
        let database = try SharedCluster.database(.shadow)
        let fixture = try CommandFixture("CREATE PUBLICATION pub", shadow: database)
        let slot = fixture.database.name + "_slot"
        let role = fixture.database.name + "_role"
        let store = JobStore(Shadow(try database.connect()), slot: slot)
        try store.bringUpToDate()
        try store.insert(
            publication: "pub", mode: .hybrid, systemIdentifier: "1", timeline: 1, database: fixture.database.name)
        try fixture.connection.query("CREATE ROLE \(role) REPLICATION")
        defer { _ = try? fixture.connection.query("DROP ROLE \(role)") }
        try fixture.connection.query("SELECT pg_create_logical_replication_slot($1, 'pgoutput')", [slot])

        let source = try fixture.context.source.connection()
        try source.query("SET ROLE \(role)")
        let error = try #require(
            fixture.failure("backfill", "reset", "--drop-slot", "--drop-publication", "--yes"))
        #expect(error.sqlState == .insufficientPrivilege, "\(error)")
        #expect(source.transactionStatus == .idle)
        let left = "SELECT FROM pg_replication_slots, pg_publication WHERE slot_name = $1"
        #expect(try fixture.connection.query(left, [slot]).rowCount == 1)
        #expect(try store.job() != nil)

        try source.query("RESET ROLE")
        let output = try fixture.run("backfill", "reset", "--drop-slot", "--drop-publication", "--yes")
        #expect(
            output.text == "slot \"\(slot)\" dropped\npublication \"pub\" dropped\nthe job has been forgotten")
        #expect(try store.job() == nil)
        #expect(
            try fixture.connection.query("SELECT FROM pg_replication_slots WHERE slot_name = $1", [slot]).rowCount == 0)
    }
}

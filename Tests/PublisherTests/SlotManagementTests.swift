import Catalog
import Libpq
import LocalCluster
import Postgres
import Publisher
import Testing
import Waiting

@Suite(.blocking) struct SlotManagementTests {
    // Closed before the database is dropped, which waits for its sessions.
    let connection: Connection
    let database: TestDatabase
    let name: String

    init() throws {
        database = try SharedCluster.database()
        connection = try database.connect()
        name = "\(database.name)_slot"
    }

    @Test func aSlotIsMadeOnceAndDropped() throws {
        #expect(try Source(connection).createSlot(name))
        #expect(try !Source(connection).createSlot(name))
        let slot = try #require(try connection.replicationSlot(name))
        try Source(connection).dropSlot(slot)
        #expect(try connection.replicationSlot(name) == nil)
    }

    @Test func anotherKindOfSlotIsRefused() throws {
        try connection.query("SELECT pg_create_physical_replication_slot($1)", [name])
        defer { _ = try? connection.query("SELECT pg_drop_replication_slot($1)", [name]) }
        #expect {
            try Source(connection).createSlot(name)
        } throws: {
            ($0 as? PostgresError)?.message == "slot \"\(name)\" exists and is physical"
        }
    }

    @Test func aBadNameKeepsTheServersHint() {
        #expect {
            try Source(connection).createSlot("Bad-Name")
        } throws: {
            ($0 as? PostgresError)?.hint?.contains("lower case letters") == true
        }
    }

    @Test func anActiveSlotIsNotDropped() throws {
        let holder = try database.connect()
        try holder.query("SELECT pg_create_logical_replication_slot($1, 'pgoutput', true)", [name])
        let slot = try #require(try connection.replicationSlot(name))
        #expect {
            try Source(connection).dropSlot(slot)
        } throws: { error in
            guard let error = error as? PostgresError else { return false }
            return error.sqlState == .objectInUse && error.detail?.contains("pid \(holder.serverProcessID)") == true
        }
    }

    @Test func blockersAreNamed() throws {
        let writer = try database.connect()
        try writer.query("BEGIN")
        try writer.query("CREATE TABLE t (a int)")
        let blockers = try Source(connection).slotBlockers().map(\.description)
        #expect(blockers.contains { $0.hasPrefix("pid \(writer.serverProcessID) (scry-backfill) in database") })
        try writer.query("ROLLBACK")
    }
}

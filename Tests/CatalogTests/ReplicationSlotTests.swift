import Catalog
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct ReplicationSlotTests {
    @Test func aSlotTellsWhatItHoldsBack() throws {
        let database = try SharedCluster.database()
        let connection = try database.connect()
        let name = "\(database.name)_slot"
        #expect(try connection.replicationSlot(name) == nil)
        try connection.query("SELECT pg_create_logical_replication_slot($1, 'pgoutput')", [name])
        defer { _ = try? connection.query("SELECT pg_drop_replication_slot($1)", [name]) }
        try connection.query("CREATE TABLE t AS SELECT generate_series(1, 1000)")
        let slot = try #require(try connection.replicationSlot(name))
        #expect(slot.plugin == "pgoutput" && slot.isLogical && slot.database == database.name)
        #expect(!slot.isActive && slot.holder == nil && !slot.isTemporary && !slot.isLost)
        #expect((slot.retainedBytes ?? 0) > 10_000)
        #expect((slot.lagBytes ?? 0) > 10_000)
        #expect(slot.confirmedFlushLSN != nil && slot.restartLSN != nil)
        #expect(slot.walStatus == (connection.serverVersion.major >= 13 ? .reserved : nil))
        #expect(slot.safeWALSize == nil)
    }

    @Test func aPhysicalSlotHasNoPlugin() throws {
        let database = try SharedCluster.database()
        let connection = try database.connect()
        let name = "\(database.name)_physical"
        try connection.query("SELECT pg_create_physical_replication_slot($1)", [name])
        defer { _ = try? connection.query("SELECT pg_drop_replication_slot($1)", [name]) }
        let slot = try #require(try connection.replicationSlot(name))
        #expect(!slot.isLogical && slot.plugin == nil && slot.database == nil && slot.restartLSN == nil)
        #expect(slot.retainedBytes == nil && slot.lagBytes == nil)
    }

    @Test func aHolderIsNamed() throws {
        let database = try SharedCluster.database()
        let connection = try database.connect()
        let name = "\(database.name)_held"
        let holder = try Connection(
            database.connectionString.merging(["application_name": "the holder"]), interrupt: Interrupt())
        // A temporary slot is active for the session that made it.
        try holder.query("SELECT pg_create_logical_replication_slot($1, 'pgoutput', true)", [name])
        let slot = try #require(try connection.replicationSlot(name))
        #expect(slot.isActive && slot.isTemporary)
        #expect(slot.holder?.processID == Int(holder.serverProcessID))
        #expect(slot.holder?.description == "pid \(holder.serverProcessID) (the holder, user postgres)")
    }
}

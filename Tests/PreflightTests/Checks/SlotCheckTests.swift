import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct SlotCheckTests {
    private func finding(_ fixture: PreflightFixture, engineIsRunning: Bool = false) throws -> Preflight.Finding {
        var context = fixture.context()
        context.engineIsRunning = engineIsRunning
        return try #require(try Preflight.run(context)["slot"])
    }

    @Test func aSlotOfAnotherKindFails() throws {
        let fixture = try PreflightFixture()
        #expect(try finding(fixture).message.contains("will be created"))
        try fixture.source.query("SELECT pg_create_physical_replication_slot($1)", [fixture.slot])
        let fault = try finding(fixture)
        #expect(fault.status == .fail && fault.found == "a physical slot")
        try fixture.source.query(try #require(fault.fixSQL))
        #expect(try finding(fixture).status == .pass)
    }

    @Test func aSlotThatAJobHasLostFails() throws {
        let fixture = try PreflightFixture()
        var context = fixture.context()
        context.jobFollowsSlot = true
        let fault = try #require(try Preflight.run(context)["slot"])
        #expect(fault.status == .fail && fault.hint?.contains("\\backfill resync --all") == true)
    }

    @Test func aSlotOfAnotherDatabaseFails() throws {
        let fixture = try PreflightFixture()
        let other = try SharedCluster.database()
        try other.run("SELECT pg_create_logical_replication_slot('\(fixture.slot)', 'pgoutput')")
        defer { _ = try? other.run("SELECT pg_drop_replication_slot('\(fixture.slot)')") }
        let fault = try finding(fixture)
        #expect(fault.status == .fail && fault.found == other.name && fault.needed == fixture.sourceDatabase.name)
    }

    @Test func aTemporarySlotOfAnotherSessionFails() throws {
        let fixture = try PreflightFixture()
        let holder = try fixture.sourceDatabase.connect()
        try holder.query("SELECT pg_create_logical_replication_slot($1, 'pgoutput', true)", [fixture.slot])
        #expect(try finding(fixture).found == "a temporary slot")
    }

    @Test func aLostSlotFails() throws {
        let cluster = try LocalCluster(
            .source, settings: ["max_slot_wal_keep_size": "1MB", "max_wal_size": "32MB", "min_wal_size": "32MB"])
        guard cluster.programs.directory.contains("/11/") == false else { return }
        try cluster.start()
        let source = try cluster.connect()
        let fixture = try PreflightFixture()
        try source.query("SELECT pg_create_logical_replication_slot($1, 'pgoutput')", [fixture.slot])
        for _ in 0..<6 {
            try source.query("CREATE TABLE IF NOT EXISTS t (a int PRIMARY KEY)")
            try source.query("SELECT pg_switch_wal()")
            try source.query("INSERT INTO t SELECT coalesce(max(a), 0) + 1 FROM t")
        }
        try source.query("CHECKPOINT")
        let report = try Preflight.run(fixture.context(source: source))
        let fault = try #require(report["slot"])
        #expect(fault.status == .fail && fault.message.contains("is lost"), "\(fault.message)")
        #expect(fault.hint?.contains("\\slot drop") == true)
    }
}

import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct WALRetentionCheckTests {
    private func cluster(_ settings: [String: String] = [:]) throws -> LocalCluster {
        let cluster = try LocalCluster(
            .source, settings: settings.merging(["max_wal_size": "32MB", "min_wal_size": "32MB"]) { given, _ in given })
        try cluster.start()
        try cluster.run("CREATE TABLE t (a int PRIMARY KEY)")
        return cluster
    }

    private func finding(_ cluster: LocalCluster) throws -> Preflight.Finding {
        try #require(try Preflight.run(PreflightFixture().context(source: cluster.connect()))["wal_retention"])
    }

    @Test func aFreshServerPasses() throws {
        let finding = try finding(cluster())
        // The source's disk is seen, as it is on this machine.
        #expect(finding.status == .pass && finding.message.contains("free on the disk"), "\(finding.message)")
    }

    @Test func anIdleSlotIsNamed() throws {
        let cluster = try cluster()
        try cluster.run("SELECT pg_create_physical_replication_slot('old', true)")
        for number in 1...4 { try cluster.run("INSERT INTO t VALUES (\(number)); SELECT pg_switch_wal()") }
        let finding = try finding(cluster)
        #expect(finding.status == .warn && finding.message.hasPrefix("inactive slots retain WAL: old "))
        #expect(finding.fixSQL == "SELECT pg_drop_replication_slot('old');" && finding.fix?.place == .sourceByHand)
        try cluster.run(try #require(finding.fixSQL))
        #expect(try self.finding(cluster).status == .pass)
    }

    @Test func aSmallLimitIsRaised() throws {
        let settings = ["max_slot_wal_keep_size": "64MB"]
        guard try SharedCluster.cluster(.source).connect().serverVersion.major >= 13 else { return }
        let cluster = try cluster(settings)
        let finding = try finding(cluster)
        #expect(finding.status == .warn && finding.message == "a slot that lags by 64 MB is lost")
        #expect(
            finding.fixSQL == "ALTER SYSTEM SET max_slot_wal_keep_size = '1024MB';\nSELECT pg_reload_conf();")
        let source = try cluster.connect()
        for statement in try #require(finding.fix).statements { try source.query(statement) }
        try waitUntil { try source.query("SHOW max_slot_wal_keep_size")[0, 0] == "1GB" }
        #expect(try self.finding(cluster).status == .pass)
    }

    @Test func anIdleTimeoutIsTold() throws {
        guard try SharedCluster.cluster(.source).connect().serverVersion.major >= 18 else { return }
        let finding = try finding(cluster(["idle_replication_slot_timeout": "10min"]))
        #expect(finding.status == .warn && finding.message == "a job that is stopped for 10 min loses its slot")
    }

    @Test func theDiskIsNotSeenFromAfar() throws {
        let cluster = try LocalCluster(.source, listensOnTCP: true)
        try cluster.start()
        try cluster.run("CREATE TABLE t (a int PRIMARY KEY)")
        let source = try Connection(cluster.connectionString(overTCP: true), interrupt: Interrupt())
        let finding = try #require(try Preflight.run(PreflightFixture().context(source: source))["wal_retention"])
        #expect(finding.status == .pass && !finding.message.contains("free on the disk"))
    }
}

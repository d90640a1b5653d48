import Foundation
import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct PoolerCheckTests {
    @Test func directConnectionsPass() throws {
        #expect(try Preflight.run(PreflightFixture().context())["pooler"]?.message == "the connections are direct")
    }

    /// Each client has its session to itself, and replication passes.
    @Test func aPoolerOfSessionsIsTold() throws {
        let fixture = try PreflightFixture()
        let proxy = try RenumberingProxy(before: fixture.sourceDatabase.cluster)
        var parameters = fixture.sourceDatabase.connectionString
        parameters["host"] = proxy.folder
        let report = try Preflight.run(fixture.context(source: Connection(parameters, interrupt: Interrupt())))
        let finding = try #require(report["pooler"])
        #expect(finding.status == .warn, "\(finding.message)")
        #expect(finding.message == "a pooler stands before the source; it seems to leave each client its session")
        #expect(finding.found?.hasPrefix("source: process id ") == true)
        #expect(report["hba"]?.status == .pass)
    }

    @Test func onNeonTheProcessIDTellsNothing() throws {
        let cluster = try LocalCluster(.source, settings: ["neon.timeline_id": "1"])
        try cluster.start()
        try cluster.run("CREATE TABLE t (a int PRIMARY KEY)")
        let proxy = try RenumberingProxy(before: cluster)
        var parameters = cluster.connectionString()
        parameters["host"] = proxy.folder
        let report = try Preflight.run(
            PreflightFixture().context(source: Connection(parameters, interrupt: Interrupt())))
        #expect(report["pooler"]?.status == .pass)
    }

    /// PgBouncer itself, where it is installed.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: PgBouncer.program)))
    func aPoolerOfTransactionsFails() throws {
        let fixture = try PreflightFixture()
        let pgBouncer = try PgBouncer(before: fixture.sourceDatabase.cluster)
        var parameters = fixture.sourceDatabase.connectionString
        parameters["host"] = pgBouncer.folder
        let report = try Preflight.run(fixture.context(source: Connection(parameters, interrupt: Interrupt())))
        let finding = try #require(report["pooler"])
        #expect(finding.status == .fail && finding.message == "a pooler stands before the source")
        #expect(finding.hint?.contains("own host and port") == true)
        #expect(report["hba"]?.status == .skip || report["hba"]?.status == .pass)
        // The next client of the shadow's would meet a session in which triggers are off.
        var shadow = fixture.shadowDatabase.connectionString
        let second = try PgBouncer(before: fixture.shadowDatabase.cluster)
        shadow["host"] = second.folder
        let other = try Preflight.run(fixture.context(shadow: Connection(shadow, interrupt: Interrupt())))
        #expect(other["pooler"]?.message == "a pooler stands before the shadow")
    }
}

import Foundation
import Job
import Libpq
import LocalCluster
import Postgres
import Subscriber
import Testing
import Waiting

/// `backfill wait` beside a shadow that goes away.
@Suite(.blocking) struct WaitProgramTests {
    private let shadow: LocalCluster

    /// A job whose only table is still to be copied.
    init() throws {
        shadow = try LocalCluster(.shadow)
        try shadow.start()
        try shadow.createDatabase("shop")
        let store = try self.store()
        try store.bringUpToDate()
        try store.insert(
            publication: "p", mode: .hybrid, systemIdentifier: "1", timeline: 1, database: "shop")
        try store.insert([(Self.table, nil)], state: .pending)
    }

    private static let table = QualifiedName(schema: "public", name: "t")

    private func store() throws -> JobStore {
        JobStore(Shadow(try shadow.connect(database: "shop")), slot: "wait_slot")
    }

    private func wait(_ timeout: String) throws -> RunningProgram {
        let source = try SharedCluster.cluster().connectionString(database: "postgres").conninfo
        let target = shadow.connectionString(database: "shop").merging(["application_name": "waiter"]).conninfo
        return try RunningProgram([
            "backfill", "wait", "snapshot", "--timeout", timeout, "--source", source, "--shadow", target,
            "--source.replication_slot", "wait_slot",
        ])
    }

    private func waitUntilAsked() throws {
        let watcher = try shadow.connect(database: "shop")
        let asked =
            "SELECT FROM pg_stat_activity WHERE application_name = 'waiter' AND query LIKE '%followed_table%'"
        try waitUntil { try watcher.query(asked).rowCount > 0 }
    }

    @Test func goesOnWhenTheShadowIsBack() throws {
        var store = try self.store()
        #expect(try store.lock())
        let program = try wait("300")
        try waitUntilAsked()
        try shadow.restart()
        store = try self.store()
        #expect(try store.lock())
        try waitUntilAsked()
        try store.markCopied(Self.table, .ready(LSN(1)), rows: 0, bytes: 0)
        let run = try program.end()
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("the copy is complete"))
        #expect(run.errors.contains("the shadow is away, waiting for it"))
    }

    /// The program's own time-out ends it then, not the first error.
    @Test func itsTimeOutEndsItWhileTheShadowIsAway() throws {
        let store = try self.store()
        #expect(try store.lock())
        let program = try wait("15")
        try waitUntilAsked()
        try shadow.stop(.immediate)
        let run = try program.end()
        #expect(run.status == 1)
        #expect(run.errors.contains("the job has not come so far within 15 s"), "\(run.errors)")
    }
}

import Backfill
import Foundation
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// Every row of twenty and more tables after a random workload, while the engine or the servers are killed again and again.
///
/// `SCRY_TEST_CHAOS_SECONDS` sets how long the workload runs, about (default 30), `SCRY_TEST_SEED` what it does.
@Suite(.blocking) struct ConsistencyTests {
    private static let seconds = Int(ProcessInfo.processInfo.environment["SCRY_TEST_CHAOS_SECONDS"] ?? "") ?? 30
    private static let seed = UInt64(ProcessInfo.processInfo.environment["SCRY_TEST_SEED"] ?? "") ?? 20_261_122

    /// What the writers commit in a second while two processors have much to do. A moment is a number of commits, so that a
    /// slow machine has the same work between two kills.
    private static let commitsPerSecond = 80

    /// A moment of the workload, so many seconds later, about.
    private static func later(
        _ seconds: ClosedRange<Double>, of workload: Workload, _ generator: inout SeededGenerator
    ) throws(PostgresError) {
        let seconds = Double.random(in: seconds, using: &generator)
        try workload.wait(commits: 1 + Int(seconds * Double(commitsPerSecond)))
    }

    private static func workload(_ job: TestJob) throws(PostgresError) -> Workload {
        let version = try job.source.connect().serverVersion.major
        let workload = try Workload(job.source, database: "shop", tables: WorkloadTable.all(version: version))
        try workload.create()
        return workload
    }

    @Test func nothingIsLostWhenTheEngineIsKilled() throws {
        let job = try TestJob()
        let workload = try Self.workload(job)
        try workload.start(writers: 3, seed: Self.seed)
        var generator = SeededGenerator(seed: Self.seed &* 31)
        let kills = max(10, Self.seconds / 3)
        for kill in 1...kills {
            let engine = try EngineProcess(job)
            // The first ones hit the set-up and the copy.
            let share = Double(Self.seconds) / Double(kills)
            let range = kill <= kills / 2 ? 0...share / 2 : share / 2...share * 5 / 2
            try Self.later(range, of: workload, &generator)
            #expect(engine.isRunning, "seed \(Self.seed), engine \(kill) ended by itself: \(engine.logText)")
            engine.kill()
        }
        let engine = try EngineProcess(job)
        let count = try workload.stop()
        try finish(job, engine, "seed \(Self.seed), \(kills) kills of the engine, \(count)")
    }

    /// Tables leave the publication and come back, and are copied again on request, beside the workload and the kills.
    @Test func nothingIsLostWhenThePublicationChanges() throws {
        let job = try TestJob()
        let workload = try Self.workload(job)
        try workload.start(writers: 2, seed: Self.seed &+ 200)
        var generator = SeededGenerator(seed: Self.seed &* 41)
        let kills = max(4, Self.seconds / 8)
        let tables = ["users", "lines", "counters", "parent", "parted", "nokey", "texts"]
        var changes = 0
        for _ in 1...kills {
            let engine = try EngineProcess(job)
            for _ in 0..<4 {
                try Self.later(0...Double(Self.seconds) / Double(2 * kills), of: workload, &generator)
                let table = tables.randomElement(using: &generator) ?? ""
                if Bool.random(using: &generator) {
                    changes += try Self.change(job, table, seenAlong: Bool.random(using: &generator) ? workload : nil)
                } else {
                    try Self.resync(job, table)
                    changes += 1
                }
            }
            #expect(engine.isRunning, "seed \(Self.seed), the engine ended by itself: \(engine.logText)")
            engine.kill()
        }
        let engine = try EngineProcess(job)
        let count = try workload.stop()
        try finish(job, engine, "seed \(Self.seed), \(changes) changes of the publication, \(kills) kills, \(count)")
    }

    /// Takes a table out of the publication and puts it in again: at once, or after about a second of the workload, in which
    /// the engine may see it. Returns how many tables that were.
    private static func change(
        _ job: TestJob, _ table: String, seenAlong workload: Workload?
    ) throws(PostgresError) -> Int {
        let members = try job.both(
            """
            SELECT c.oid::regclass FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid
             WHERE r.prpubid = (SELECT oid FROM pg_publication WHERE pubname = '\(job.publication)') AND c.relname LIKE '\(table)%'
            """
        ).source.compactMap { $0[0] }
        guard !members.isEmpty else { return 0 }
        let list = members.joined(separator: ", ")
        try job.onSource("ALTER PUBLICATION \(job.publication) DROP TABLE \(list)")
        try workload?.wait(commits: commitsPerSecond)
        try job.onSource("ALTER PUBLICATION \(job.publication) ADD TABLE \(list)")
        return members.count
    }

    /// Has a table copied again, if the job has come so far as to know it.
    private static func resync(_ job: TestJob, _ table: String) throws(PostgresError) {
        let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
        let known = try control.tables().filter { $0.name.name == table && $0.state != "unpublished" }.map(\.name)
        do throws(PostgresError) { try control.resync(known) } catch  where error.sqlState == .undefinedTable {}
    }

    @Test func nothingIsLostWhenTheServersCrash() throws {
        // What a commit of the shadow's defaults does not promise, the engine has to ask for.
        let job = try TestJob(shadowSettings: ["synchronous_commit": "off"])
        let workload = try Self.workload(job)
        try workload.start(writers: 3, seed: Self.seed &+ 100)
        var generator = SeededGenerator(seed: Self.seed &* 37)
        let engine = try EngineProcess(job)
        let crashes = max(8, Self.seconds / 4)
        for crash in 1...crashes {
            try Self.later(0...Double(2 * Self.seconds) / Double(crashes), of: workload, &generator)
            let server = crash % 2 == 0 ? job.source : job.shadow
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: try server.restart(.fast)
            case 1: try server.restart(.immediate)
            default:
                try server.kill()
                try server.start()
            }
        }
        let count = try workload.stop()
        try finish(job, engine, "seed \(Self.seed), \(crashes) crashes of a server, \(count)")
    }

    /// Waits until the engine has caught up, ends it and compares.
    private func finish(_ job: TestJob, _ engine: EngineProcess, _ figures: String) throws {
        do {
            try job.catchUp()
        } catch {
            Issue.record("\(figures): \(error)\n\(engine.logText)")
            return
        }
        #expect(engine.stop() == 0, "\(figures)\n\(engine.logText)")
        let comparison = try Comparison(job)
        #expect(comparison.differences.isEmpty, "\(figures)")
        let sequences = try job.both(
            "SELECT (SELECT last_value FROM users_id_seq), (SELECT last_value FROM orders_id_seq), (SELECT last_value FROM \"Odd \"\"Name_Key Col_seq\")"
        )
        #expect(sequences.source == sequences.shadow)
        print("\(figures): \(comparison.rows) rows of \(comparison.tables) tables compared")
    }
}

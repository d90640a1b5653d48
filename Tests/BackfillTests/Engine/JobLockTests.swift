import Backfill
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// The job's record of its engine while one of the servers is away.
@Suite(.blocking) struct JobLockTests {
    /// Whoever reads the status must not take the engine for gone, and so start another.
    @Test func aSourceThatIsAwayIsWaitedForInSight() throws {
        let job = try TestJob()
        try job.onSource("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)")
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
            try job.source.kill()
            var waiting = try control.status(source: nil)
            try waitUntil { () throws(PostgresError) in
                waiting = try control.status(source: nil)
                return waiting.error != nil
            }
            #expect(waiting.engine.running)
            #expect(waiting.state == .streaming)
            // The event comes right after.
            try waitUntil { () throws(PostgresError) in
                try control.events(latest: 10).contains { $0.message.contains("trying again in") }
            }
            try job.source.start()
            try job.onSource("INSERT INTO t VALUES (2)")
            try job.catchUp()
            #expect(try control.status(source: nil).error == nil)
        }
    }

    @Test func theShadowHearsLaterThatItWasAway() throws {
        let job = try TestJob()
        try job.onSource("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)")
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            try job.shadow.kill()
            try job.shadow.start()
            try job.onSource("INSERT INTO t VALUES (2)")
            try job.catchUp()
            let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
            #expect(try control.events(latest: 10).contains { $0.message.contains("trying again in") })
        }
    }

    /// The slot's creation waits for every transaction that runs; the engine must not, once it is asked to stop.
    @Test func aStopIsHeardBeforeTheStreamBegins() throws {
        let job = try TestJob()
        try job.onSource("CREATE TABLE t (id int PRIMARY KEY)")
        let other = try job.source.connect(database: "shop")
        try other.query("BEGIN; INSERT INTO t VALUES (1)")
        let engine = try RunningEngine(job.settings())
        let source = try job.source.connect(database: "shop")
        let creating =
            "SELECT FROM pg_stat_activity WHERE application_name LIKE 'scry-backfill%' AND backend_type = 'walsender'"
        try waitUntil { () throws(PostgresError) in
            try source.query(creating + " AND wait_event = 'transactionid'").rowCount > 0
        }
        let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
        #expect(try control.stop(interrupt: try Interrupt()))
        try engine.wait()
        #expect(try control.status(source: nil).state == .stopped)
        try waitUntil { () throws(PostgresError) in try source.query(creating).rowCount == 0 }
        #expect(try source.query("SELECT FROM pg_replication_slots").rowCount == 0)
    }
}

import Backfill
import Catalog
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// A job whose slot is lost: one command, and the next start has every row right again.
@Suite(.blocking) struct RenewalTests {
    private static let schema = """
        CREATE TABLE items (id int PRIMARY KEY, n int);
        INSERT INTO items SELECT i, i FROM generate_series(1, 500) i;
        CREATE TABLE parts (id int PRIMARY KEY, item int REFERENCES items);
        INSERT INTO parts SELECT i, i FROM generate_series(1, 100) i;
        CREATE TABLE noise (x text);
        CREATE PUBLICATION scry_publication FOR TABLE items, parts;
        """

    private static let missed = """
        DELETE FROM parts WHERE id < 50; DELETE FROM items WHERE id < 50; UPDATE items SET n = -n WHERE id > 400;
        INSERT INTO items VALUES (1000, 1)
        """

    private func control(_ job: TestJob) throws(PostgresError) -> JobControl {
        JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
    }

    /// As a new engine finds it: it stops, and says what to do.
    private func expectLost(_ job: TestJob, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let error = #expect(throws: PostgresError.self, sourceLocation: sourceLocation) {
            try RunningEngine(job.settings()).wait()
        }
        #expect(error?.hint?.contains("\\backfill resync --all") == true, sourceLocation: sourceLocation)
        let status = try control(job).status(source: nil)
        #expect(status.state == .failed && status.error?.message == error?.message, sourceLocation: sourceLocation)
    }

    /// The command, what it leaves, and the next start.
    private func renew(_ job: TestJob, _ settings: JobSettings, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let lines = try control(job).resyncAll(try job.source.connect(database: "shop"))
        #expect(lines.contains { $0.contains("the job begins anew") }, sourceLocation: sourceLocation)
        let status = try control(job).status(source: nil)
        #expect(status.state == .stopped && status.error == nil && status.appliedLSN == nil)
        #expect(status.tables.copying == status.tables.total && status.tables.ready == 0)
        #expect(try job.source.connect(database: "shop").replicationSlot(job.slot) == nil)
        try job.onSource("INSERT INTO items VALUES (1001, 1)")
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("UPDATE items SET n = 7 WHERE id = 1001; DELETE FROM items WHERE id = 300")
            try job.catchUp()
        }
        for table in ["items", "parts"] {
            let both = try job.both("SELECT * FROM \(table) ORDER BY 1")
            #expect(!both.source.isEmpty && both.source == both.shadow, sourceLocation: sourceLocation)
        }
        // As constraints of a kind of their own NOT NULL is in the catalog since 18.
        let keys = try job.both(
            """
            SELECT conname FROM pg_constraint
             WHERE conrelid IN ('items'::regclass, 'parts'::regclass) AND contype <> 'n' ORDER BY 1
            """)
        #expect(keys.source == keys.shadow, sourceLocation: sourceLocation)
        #expect(try control(job).status(source: nil).state == .stopped)
    }

    @Test(arguments: [JobMode.hybrid, .cdc]) func aSlotThatWasDropped(mode: JobMode) throws {
        let job = try TestJob()
        try job.onSource(Self.schema)
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        if mode == .cdc {
            // The same rows, followed by a job that copied none of them.
            _ = try control(job).reset()
            try job.source.connect(database: "shop").query("SELECT pg_drop_replication_slot($1)", [job.slot])
            try job.whileRunning(job.settings(.cdc)) { () throws(PostgresError) in try job.catchUp() }
        }
        try job.onSource("SELECT pg_drop_replication_slot('\(job.slot)')")
        try job.onSource(Self.missed)
        try expectLost(job)
        try renew(job, job.settings(mode))
    }

    /// max_slot_wal_keep_size came with 13.
    @Test func aSlotWhoseLogTheServerHasRemoved() throws {
        let job = try TestJob(sourceSettings: ["max_wal_size": "32MB", "min_wal_size": "32MB"])
        guard try job.source.connect().serverVersion.major >= 13 else { return }
        try job.onSource(Self.schema)
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        try job.source.configure(["max_slot_wal_keep_size": "1MB"])
        try job.onSource(Self.missed)
        let source = try job.source.connect(database: "shop")
        var isLost = false
        for _ in 0..<40 where !isLost {
            try job.onSource("INSERT INTO noise SELECT repeat(md5(i::text), 60) FROM generate_series(1, 2000) i")
            try source.query("SELECT pg_switch_wal()")
            try source.query("CHECKPOINT")
            isLost = try source.replicationSlot(job.slot)?.isLost ?? true
        }
        #expect(isLost)
        try expectLost(job)
        try job.onSource("DROP TABLE noise; CREATE TABLE noise (x text)")
        try renew(job, job.settings())
    }

    /// Somebody has made the slot again: it cannot send the missing changes.
    @Test func aSlotThatWasMadeAgain() throws {
        let job = try TestJob()
        try job.onSource(Self.schema)
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        try job.onSource("SELECT pg_drop_replication_slot('\(job.slot)')")
        try job.onSource(Self.missed)
        try job.onSource("SELECT pg_create_logical_replication_slot('\(job.slot)', 'pgoutput')")
        try expectLost(job)
        let lines = try control(job).resyncAll(try job.source.connect(database: "shop"))
        #expect(lines.contains { $0.contains("the job begins anew") })
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        let both = try job.both("SELECT * FROM items ORDER BY 1")
        #expect(both.source == both.shadow)
    }

    /// With a slot that is whole the job goes on from it.
    @Test func allTablesOfAJobThatIsWell() throws {
        let job = try TestJob()
        try job.onSource(Self.schema)
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        try job.onShadow("DELETE FROM items WHERE id > 300; UPDATE parts SET item = 60")
        let before = try control(job).status(source: nil).appliedLSN
        #expect(try control(job).resyncAll(try job.source.connect(database: "shop")).count == 2)
        #expect(try control(job).status(source: nil).appliedLSN == before)
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        for table in ["items", "parts"] {
            let both = try job.both("SELECT * FROM \(table) ORDER BY 1")
            #expect(both.source == both.shadow)
        }
    }

    /// A publication may have lost and won tables meanwhile.
    @Test func thePublicationHasChangedMeanwhile() throws {
        let job = try TestJob()
        try job.onSource(Self.schema)
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        try job.onSource("SELECT pg_drop_replication_slot('\(job.slot)')")
        try job.onSource("DROP TABLE parts; CREATE TABLE late (id int PRIMARY KEY); INSERT INTO late VALUES (1)")
        try job.onSource("ALTER PUBLICATION scry_publication ADD TABLE late")
        _ = try control(job).resyncAll(try job.source.connect(database: "shop"))
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        let tables = try control(job).tables().map { "\($0.name.name) \($0.state)" }
        #expect(tables == ["items ready", "late ready", "parts unpublished"])
        let both = try job.both("SELECT * FROM late")
        #expect(both.source == both.shadow)
    }

    @Test func aJobThatIsForgottenLeavesIdentityColumnsAsTheyWere() throws {
        let job = try TestJob()
        try job.onSource(
            """
            CREATE TABLE "Odd one" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "N" int GENERATED BY DEFAULT AS IDENTITY);
            INSERT INTO "Odd one" DEFAULT VALUES
            """)
        let kinds = """
            SELECT attname, attidentity::text FROM pg_attribute WHERE attrelid = '"Odd one"'::regclass AND attnum > 0 ORDER BY 1
            """
        let engine = try EngineProcess(job)
        // Before the table is there, the query fails.
        waitUntil { (try? job.both(kinds).shadow) == [["N", "d"], ["id", "d"]] || !engine.isRunning }
        engine.kill()
        let control = try control(job)
        try waitUntil { try !control.isRunning }
        _ = try control.reset()
        let both = try job.both(kinds)
        #expect(both.source == both.shadow && both.source == [["N", "d"], ["id", "a"]])
    }
}

import Backfill
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// A job's phases, each from its promise's side.
@Suite(.blocking) struct PhasesTests {
    private static let items =
        "CREATE TABLE items (id serial PRIMARY KEY, n int); INSERT INTO items (n) SELECT generate_series(1, 500)"

    private static func expectSame(_ job: TestJob, _ table: String, rows: Int) throws {
        let both = try job.both("SELECT t::text FROM \(table) t ORDER BY 1")
        #expect(both.source.count == rows)
        #expect(both.source == both.shadow, "table \(table)")
    }

    @Test func aSnapshotEndsByItselfAndLeavesNothingOnTheSource() throws {
        let job = try TestJob()
        try job.onSource(Self.items)
        try RunningEngine(job.settings(.snapshot)).wait()
        try Self.expectSame(job, "items", rows: 500)
        let left = try job.both(
            "SELECT (SELECT count(*) FROM pg_replication_slots), (SELECT count(*) FROM pg_publication)")
        #expect(left.source == [["0", "0"]])
        let sequences = try job.both("SELECT last_value, is_called FROM items_id_seq")
        #expect(sequences.source == sequences.shadow)
    }

    @Test func changesAloneCopyNothing() throws {
        let job = try TestJob()
        try job.onSource(Self.items + "; CREATE PUBLICATION scry_publication FOR TABLE items")
        try job.onShadow("CREATE TABLE items (id serial PRIMARY KEY, n int); INSERT INTO items (id, n) VALUES (1, -1)")
        try job.whileRunning(job.settings(.cdc)) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("UPDATE items SET n = 7 WHERE id = 1; INSERT INTO items (n) VALUES (8)")
            try job.catchUp()
        }
        let rows = try job.both("SELECT id, n FROM items ORDER BY 1")
        #expect(rows.shadow == [["1", "7"], ["501", "8"]])
    }

    @Test func aTableThatComesToThePublicationIsCopiedAndFollowed() throws {
        let job = try TestJob()
        try job.onSource(Self.items)
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource(
                "CREATE TABLE late (id int PRIMARY KEY, n int); INSERT INTO late SELECT i, i FROM generate_series(1, 300) i"
            )
            try job.onSource("ALTER PUBLICATION scry_publication ADD TABLE late")
            try job.onSource("INSERT INTO late VALUES (301, 1); UPDATE items SET n = 0 WHERE id = 1")
            try job.catchUp()
            try job.onSource(
                "UPDATE late SET n = -n WHERE id < 10; DELETE FROM late WHERE id = 301; INSERT INTO late VALUES (302)")
            try job.catchUp()
        }
        try Self.expectSame(job, "late", rows: 301)
        try Self.expectSame(job, "items", rows: 500)
    }

    /// What was committed between the slot and the copy is in both, and applied once.
    @Test func aSlotMadeByHandIsUsed() throws {
        let job = try TestJob()
        try job.onSource(
            """
            CREATE TABLE keyless (n int); ALTER TABLE keyless REPLICA IDENTITY FULL;
            INSERT INTO keyless SELECT i % 3 FROM generate_series(1, 30) i;
            CREATE PUBLICATION scry_publication FOR TABLE keyless
            """)
        try job.onSource("SELECT pg_create_logical_replication_slot('\(job.slot)', 'pgoutput')")
        try job.onSource("INSERT INTO keyless VALUES (1), (1)")
        try job.onSource("DELETE FROM keyless WHERE n = 2")
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("UPDATE keyless SET n = 5 WHERE ctid IN (SELECT ctid FROM keyless WHERE n = 1 LIMIT 2)")
            try job.catchUp()
        }
        try Self.expectSame(job, "keyless", rows: 22)
    }

    @Test func theSlotOfAnIdleJobMoves() throws {
        let job = try TestJob()
        try job.onSource(Self.items)
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("CREATE TABLE not_followed AS SELECT generate_series(1, 20000) AS n")
            let source = try job.source.connect(database: "shop")
            let end = try source.query("SELECT pg_current_wal_lsn()")[0, 0]
            try waitUntil { () throws(PostgresError) in
                try source.query(
                    "SELECT confirmed_flush_lsn >= $1::pg_lsn FROM pg_replication_slots WHERE slot_name = $2",
                    [end, job.slot])[0, 0] == "t"
            }
        }
    }

    @Test func aKilledCopyKeepsItsFinishedTables() throws {
        let job = try TestJob()
        try job.onSource(
            """
            CREATE TABLE big (id int PRIMARY KEY, note text);
            INSERT INTO big SELECT i, repeat('x', 200) FROM generate_series(1, 300000) i;
            """)
        for table in 1...8 {
            try job.onSource(
                "CREATE TABLE small_\(table) (id int PRIMARY KEY); INSERT INTO small_\(table) SELECT generate_series(1, 50)"
            )
        }
        let shadow = try job.shadow.connect(database: "shop")
        let finished = "SELECT table_name, copied FROM scry_backfill.followed_table WHERE state = 'ready' ORDER BY 1"
        let first = try EngineProcess(job)
        try waitUntil {
            guard first.isRunning else { return true }
            let state = try shadow.query("SELECT to_regclass('scry_backfill.followed_table')")[0, 0]
            return try state != nil && shadow.query(finished).rowCount > 0
        }
        first.kill()
        let kept = try shadow.query(finished)
        #expect(kept.rowCount > 0)
        #expect(!Self.column(kept, 0).contains("big"), "the copy was over before it could be killed")
        let second = try EngineProcess(job)
        try job.catchUp()
        #expect(second.stop() == 0, "\(second.logText)")
        for row in 0..<kept.rowCount {
            let now = try shadow.query(
                "SELECT copied FROM scry_backfill.followed_table WHERE table_name = $1", [kept[row, 0]])
            #expect(now[0, 0] == kept[row, 1], "\(kept[row, 0] ?? "")")
        }
        try Self.expectSame(job, "big", rows: 300_000)
        try Self.expectSame(job, "small_1", rows: 50)
    }

    /// An old snapshot finds a table empty that was truncated since (manual, 13.6): the engine must notice.
    @Test func aTableTruncatedBeforeItsCopyIsCopiedUnderAnotherSnapshot() throws {
        let job = try TestJob()
        try job.onSource(
            """
            CREATE TABLE big (id int PRIMARY KEY, note text);
            INSERT INTO big SELECT i, repeat('x', 200) FROM generate_series(1, 100000) i;
            CREATE TABLE small (id int PRIMARY KEY, n int); INSERT INTO small SELECT i, i FROM generate_series(1, 50) i
            """)
        let shadow = try job.shadow.connect(database: "shop")
        try job.whileRunning(job.settings(jobs: 1)) { () throws(PostgresError) in
            // The largest is copied first; the other waits meanwhile.
            try waitUntil { () throws(PostgresError) in try Self.jobState(shadow) == "snapshot" }
            try job.onSource("UPDATE small SET n = 0")
            try job.onSource("TRUNCATE small")
            try job.onSource("INSERT INTO small VALUES (1000, 1)")
            try job.catchUp()
        }
        try Self.expectSame(job, "small", rows: 1)
        try Self.expectSame(job, "big", rows: 100_000)
    }

    private static let parts =
        items + "; CREATE TABLE parts (id int PRIMARY KEY, item int REFERENCES items); INSERT INTO parts VALUES (1, 1)"

    /// Since 15 the right to switch triggers and foreign keys off can be granted.
    @Test func theShadowsRoleNeedsNoSuperuser() throws {
        let job = try TestJob()
        guard try job.shadow.connect().serverVersion.major >= 15 else { return }
        try job.onShadow("CREATE ROLE limited LOGIN; GRANT SET ON PARAMETER session_replication_role TO limited")
        try Self.follow(job, keys: 1)
    }

    /// As on a managed server: what would act on rows as they are written is left out.
    @Test func theShadowsRoleMayBeUnableToSilenceTriggers() throws {
        let job = try TestJob()
        try job.onShadow("CREATE ROLE limited LOGIN")
        try Self.follow(job, keys: 0)
        let events = try job.both("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal").shadow
        #expect(events == [["0"]])
        let warnings = try job.shadow.connect(database: "shop").query(
            "SELECT message FROM scry_backfill.event WHERE severity = 'WARNING'")
        #expect(Self.column(warnings, 0).contains { $0?.contains("foreign keys are not restored") == true })
    }

    /// A trigger that is there already would act on every row.
    @Test func triggersThatCanNotBeSilencedAreRefused() throws {
        let job = try TestJob()
        try job.onSource(Self.parts)
        try job.onShadow(
            """
            CREATE ROLE limited LOGIN; ALTER DATABASE shop OWNER TO limited;
            SET ROLE limited; CREATE SCHEMA scry_backfill; RESET ROLE;
            CREATE TABLE items (id serial PRIMARY KEY, n int);
            CREATE TABLE parts (id int PRIMARY KEY, item int REFERENCES items);
            ALTER TABLE items OWNER TO limited; ALTER TABLE parts OWNER TO limited; GRANT CREATE ON SCHEMA public TO limited
            """)
        var settings = job.settings()
        settings.shadow["user"] = "limited"
        let engine = try RunningEngine(settings)
        let error = try #require(throws: PostgresError.self) { try engine.wait() }
        #expect(error.detail?.contains("parts_item_fkey") == true, "\(error)")
        #expect(try job.both("SELECT count(*) FROM items").shadow == [["0"]])
    }

    /// With a role that owns the shadow's database and is no superuser.
    private static func follow(_ job: TestJob, keys: Int) throws {
        try job.onSource(parts)
        try job.onSource(
            """
            CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.n := NEW.n + 1; RETURN NEW; END';
            CREATE TRIGGER count_up BEFORE UPDATE ON items FOR EACH ROW EXECUTE PROCEDURE count_up()
            """)
        try job.onShadow("ALTER DATABASE shop OWNER TO limited; GRANT CREATE ON SCHEMA public TO limited")
        var settings = job.settings()
        settings.shadow["user"] = "limited"
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource(
                "DELETE FROM parts; UPDATE items SET id = -id WHERE id < 4; INSERT INTO parts VALUES (2, 5)")
            try job.catchUp()
        }
        try expectSame(job, "items", rows: 500)
        try expectSame(job, "parts", rows: 1)
        let found = try job.both(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = 'parts'::regclass"
        ).shadow
        #expect(found == [["\(keys)"]])
    }

    @Test func aKilledEngineLeavesNoFiles() throws {
        let job = try TestJob()
        for table in 1...40 { try job.onSource("CREATE TABLE t\(table) (id int PRIMARY KEY, n int)") }
        let folder = try TemporaryFolder()
        let engine = try EngineProcess(job, temporaryFolder: folder.path)
        let shadow = try job.shadow.connect(database: "shop")
        // The state says when the dump is under way.
        try waitUntil { try Self.jobState(shadow) == "schema" || !engine.isRunning }
        #expect(engine.isRunning, "\(engine.logText)")
        engine.kill()
        #expect(try folder.entries() == [])
        let second = try EngineProcess(job, temporaryFolder: folder.path)
        try job.catchUp()
        #expect(second.stop() == 0, "\(second.logText)")
        #expect(try folder.entries() == [])
    }

    /// The only job's state as its row has it; nil before there is one.
    private static func jobState(_ shadow: Connection) throws(PostgresError) -> String? {
        guard try shadow.query("SELECT to_regclass('scry_backfill.job')")[0, 0] != nil else { return nil }
        let result = try shadow.query("SELECT state FROM scry_backfill.job")
        return result.rowCount > 0 ? result[0, 0] : nil
    }

    private static func column(_ result: QueryResult, _ column: Int) -> [String?] {
        (0..<result.rowCount).map { result[$0, column] }
    }
}

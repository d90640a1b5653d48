import Backfill
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// Changes of the publication while the job runs. The engine connects as the least that it needs: a role that may log in,
/// replicate and read; the publication is its owner's.
@Suite(.blocking) struct PublicationTests {
    private static let items =
        "CREATE TABLE items (id int PRIMARY KEY, n int); INSERT INTO items SELECT i, i FROM generate_series(1, 500) i;"

    /// A job over a publication of `tables`, as the role of least privilege.
    private static func job(_ schema: String, publication: String) throws(PostgresError) -> (TestJob, JobSettings) {
        let job = try TestJob()
        try job.onSource("CREATE ROLE follower LOGIN REPLICATION")
        try job.onSource("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO follower")
        try job.onSource("ALTER DEFAULT PRIVILEGES GRANT SELECT ON SEQUENCES TO follower")
        try job.onSource("ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO follower")
        try job.onSource(schema)
        try job.onSource("CREATE PUBLICATION scry_publication \(publication)")
        var settings = job.settings()
        settings.source["user"] = "follower"
        return (job, settings)
    }

    private static func expectSame(
        _ job: TestJob, _ table: String, rows: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let both = try job.both("SELECT t::text FROM \(table) t ORDER BY 1")
        #expect(both.source.count == rows, sourceLocation: sourceLocation)
        #expect(both.source == both.shadow, "table \(table)", sourceLocation: sourceLocation)
    }

    private static func state(_ job: TestJob, _ table: String) throws(PostgresError) -> String? {
        let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
        return try control.tables().first { $0.name.name == table }?.state
    }

    private static func wait(_ job: TestJob, _ table: String, _ wanted: String) throws(PostgresError) {
        try waitUntil { () throws(PostgresError) in try state(job, table) == wanted }
    }

    /// The engine's warnings; there are none where it goes on without a new beginning.
    private static func warnings(_ job: TestJob) throws(PostgresError) -> [String] {
        let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
        return try control.events(latest: 100).filter { $0.severity != .log }.map(\.message)
    }

    @Test func aTableThatIsAddedIsCopiedWhileTheOthersGoOn() throws {
        let (job, settings) = try Self.job(Self.items, publication: "FOR TABLE items")
        var rounds = 0
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource(
                """
                CREATE TABLE late (id int PRIMARY KEY, item int REFERENCES items, note text);
                INSERT INTO late SELECT i, 1 + i % 500, repeat('x', 100) FROM generate_series(1, 60000) i
                """)
            // Seen without any change of its rows.
            try job.onSource("ALTER PUBLICATION scry_publication ADD TABLE late")
            try waitUntil { () throws(PostgresError) in
                rounds += 1
                try job.onSource(
                    """
                    UPDATE items SET n = \(rounds) WHERE id <= 50;
                    UPDATE late SET note = '\(rounds)' WHERE id % 1000 = \(rounds);
                    DELETE FROM late WHERE id = \(rounds); INSERT INTO late VALUES (\(100_000 + rounds), 2, 'new')
                    """)
                let state = try Self.state(job, "late")
                return rounds >= 20 && state == "ready"
            }
            try job.catchUp()
            try job.onSource("DELETE FROM late WHERE id > 100010")
            try job.catchUp()
            let key = "SELECT FROM pg_constraint WHERE conname = 'late_item_fkey'"
            try waitUntil { () throws(PostgresError) in try job.both(key).shadow.count == 1 }
        }
        try Self.expectSame(job, "late", rows: 60_010 - rounds)
        try Self.expectSame(job, "items", rows: 500)
        let warnings = try Self.warnings(job)
        #expect(warnings == [])
    }

    @Test func aTableThatIsTakenOutStaysAndIsCopiedAnewWhenItComesBack() throws {
        let (job, settings) = try Self.job(
            Self.items + "CREATE TABLE other (id int PRIMARY KEY); INSERT INTO other VALUES (1), (2)",
            publication: "FOR TABLE items, other")
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("ALTER PUBLICATION scry_publication DROP TABLE other")
            try Self.wait(job, "other", "unpublished")
            try job.onSource("INSERT INTO other VALUES (3); DELETE FROM other WHERE id = 1; UPDATE items SET n = 0")
            try job.catchUp()
            let kept = try job.both("SELECT id FROM other ORDER BY 1").shadow
            if kept != [["1"], ["2"]] { throw PostgresError("the shadow's table has changed") }
            try job.onSource("ALTER PUBLICATION scry_publication ADD TABLE other")
            try job.onSource("UPDATE other SET id = 30 WHERE id = 3")
            try job.catchUp()
        }
        try Self.expectSame(job, "other", rows: 2)
        try Self.expectSame(job, "items", rows: 500)
    }

    /// The table that points to it is where the job left it, and keeps the shadow from a TRUNCATE.
    @Test func aTableIsTruncatedThatOneTakenOutPointsTo() throws {
        let (job, settings) = try Self.job(
            Self.items
                + "CREATE TABLE other (id int PRIMARY KEY, item int REFERENCES items); INSERT INTO other VALUES (1, 1)",
            publication: "FOR TABLE items, other")
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("ALTER PUBLICATION scry_publication DROP TABLE other")
            try Self.wait(job, "other", "unpublished")
            try job.onSource("TRUNCATE items CASCADE; INSERT INTO items SELECT i, 0 FROM generate_series(3, 7) i")
            try job.catchUp()
        }
        try Self.expectSame(job, "items", rows: 5)
        #expect(try job.both("SELECT id FROM other").shadow == [["1"]])
    }

    /// Between two polls, so that only the fingerprint shows it.
    @Test func aTableThatWasOutForAMomentIsCopiedAgain() throws {
        let (job, settings) = try Self.job(Self.items, publication: "FOR TABLE items")
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("ALTER PUBLICATION scry_publication DROP TABLE items")
            try job.onSource("INSERT INTO items VALUES (501, 1); DELETE FROM items WHERE id = 1")
            try job.onSource("ALTER PUBLICATION scry_publication ADD TABLE items")
            try job.onSource("UPDATE items SET n = 2 WHERE id = 501")
            try job.catchUp()
        }
        try Self.expectSame(job, "items", rows: 500)
    }

    @Test func rowFiltersAndColumnListsHoldForTheCopyToo() throws {
        guard try SharedVersion.source() >= 15 else { return }
        let (job, settings) = try Self.job(
            Self.items + "ALTER TABLE items ADD secret text DEFAULT 'secret'",
            publication: "FOR TABLE items (id, n) WHERE (id > 100)")
        let wanted = { (condition: String) throws(PostgresError) in
            try job.source.connect(database: "shop").query(
                "SELECT id, n, NULL FROM items WHERE \(condition) ORDER BY 1")
        }
        let rows = { (result: QueryResult) in
            (0..<result.rowCount).map { row in (0..<3).map { result[row, $0] } }
        }
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            // The shadow's column was restored with its default.
            try job.onShadow("ALTER TABLE items ALTER secret DROP DEFAULT; UPDATE items SET secret = NULL")
            try job.onSource(
                "UPDATE items SET id = id + 1000 WHERE id BETWEEN 90 AND 95; DELETE FROM items WHERE id > 490")
            try job.catchUp()
            #expect(try job.both("SELECT id, n, secret FROM items ORDER BY 1").shadow == rows(try wanted("id > 100")))
            try job.onSource("ALTER PUBLICATION scry_publication SET TABLE items (id, n) WHERE (id < 50)")
            try job.onSource("UPDATE items SET n = -1 WHERE id < 10")
            try job.catchUp()
        }
        #expect(try job.both("SELECT id, n, secret FROM items ORDER BY 1").shadow == rows(try wanted("id < 50")))
    }

    @Test func tablesOfASchemaComeAsTheyAreMade() throws {
        guard try SharedVersion.source() >= 15 else { return }
        let (job, settings) = try Self.job(
            "CREATE SCHEMA app; CREATE TABLE app.one (id int PRIMARY KEY); INSERT INTO app.one VALUES (1)",
            publication: "FOR TABLES IN SCHEMA app")
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("CREATE TABLE app.two (id int PRIMARY KEY, n int); INSERT INTO app.two VALUES (1, 1)")
            try job.onSource("UPDATE app.two SET n = 2; INSERT INTO app.one VALUES (2)")
            try job.catchUp()
        }
        try Self.expectSame(job, "app.one", rows: 2)
        try Self.expectSame(job, "app.two", rows: 1)
    }

    @Test func aTableIsCopiedAgainOnRequest() throws {
        let (job, settings) = try Self.job(
            Self.items
                + "CREATE TABLE parts (id int PRIMARY KEY, item int REFERENCES items); INSERT INTO parts VALUES (1, 1)",
            publication: "FOR TABLE items, parts")
        let items = QualifiedName(schema: "public", name: "items")
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onShadow("UPDATE items SET n = -1 WHERE id < 100; DELETE FROM items WHERE id > 400")
            let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
            try control.resync([items])
            try job.onSource("UPDATE items SET n = 3 WHERE id IN (5, 450); INSERT INTO parts VALUES (2, 2)")
            try job.catchUp()
            do throws(PostgresError) {
                try control.resync([items, QualifiedName(schema: "public", name: "nothing")])
                throw PostgresError("a table was accepted that is not the job's", sqlState: .internalError)
            } catch  where error.sqlState == .undefinedTable {}
        }
        try Self.expectSame(job, "items", rows: 500)
        try Self.expectSame(job, "parts", rows: 2)
        // Asked for while no engine runs.
        try job.onShadow("DELETE FROM items WHERE id = 7")
        try JobControl(try job.shadow.connect(database: "shop"), slot: job.slot).resync([items])
        try job.whileRunning(settings) { () throws(PostgresError) in try job.catchUp() }
        try Self.expectSame(job, "items", rows: 500)
    }

    @Test func aTableThatCanNotBeCopiedLetsTheOthersGoOn() throws {
        let (job, settings) = try Self.job(Self.items, publication: "FOR TABLE items")
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onShadow("CREATE TABLE late (id int PRIMARY KEY); INSERT INTO late VALUES (7)")
            try job.onSource("CREATE TABLE late (id int PRIMARY KEY); INSERT INTO late VALUES (1)")
            try job.onSource("CREATE TABLE fine (id int PRIMARY KEY); INSERT INTO fine VALUES (1)")
            try job.onSource("ALTER PUBLICATION scry_publication ADD TABLE late, fine")
            try Self.wait(job, "late", "failed")
            try Self.wait(job, "fine", "ready")
            try job.onSource("UPDATE items SET n = 9; INSERT INTO fine VALUES (2)")
            do throws(PostgresError) {
                try job.catchUp()
                throw PostgresError("the table's problem was not recorded", sqlState: .internalError)
            } catch  where error.message.contains("public.late could not be copied") {}
            try job.onShadow("TRUNCATE late")
            let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
            try control.resync([QualifiedName(schema: "public", name: "late")])
            try job.catchUp()
        }
        for table in ["late", "fine"] { try Self.expectSame(job, table, rows: table == "fine" ? 2 : 1) }
        try Self.expectSame(job, "items", rows: 500)
    }

    private static let parted = """
        CREATE TABLE parted (id int, at date, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
        CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        CREATE INDEX ON parted (note);
        INSERT INTO parted SELECT i, '2020-05-01', 'n' FROM generate_series(1, 100) i;
        """

    /// A partition is made, one is attached with rows, and both are written to at once.
    private static func partition(_ job: TestJob, _ settings: JobSettings) throws {
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource(
                """
                CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
                INSERT INTO parted SELECT i, '2021-05-01', 'm' FROM generate_series(1, 100) i
                """)
            try job.onSource("UPDATE parted SET note = 'changed' WHERE id < 10")
            try job.catchUp()
            try job.onSource(
                """
                CREATE TABLE parted_3 (note text, at date NOT NULL, id int NOT NULL, PRIMARY KEY (id, at));
                INSERT INTO parted_3 SELECT 'o', '2022-05-01', i FROM generate_series(1, 100) i
                """)
            try job.onSource(
                "ALTER TABLE parted ATTACH PARTITION parted_3 FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')")
            try job.onSource("INSERT INTO parted VALUES (101, '2022-06-01', 'p')")
            try job.onSource("UPDATE parted SET note = 'moved', at = '2022-07-01' WHERE id = 50 AND at = '2020-05-01'")
            try job.onSource("DELETE FROM parted WHERE id = 60")
            try job.catchUp()
        }
        try expectSame(job, "parted", rows: 298)
        let parts = try job.both(
            """
            SELECT c.relname, (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid)
              FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid WHERE h.inhparent = 'parted'::regclass ORDER BY 1
            """)
        #expect(parts.source == parts.shadow)
    }

    @Test func partitionsComeAsTablesOfTheirOwn() throws {
        if try SharedVersion.source() >= 13 {
            let (job, settings) = try Self.job(Self.parted, publication: "FOR TABLE parted")
            try Self.partition(job, settings)
        } else {
            let (job, settings) = try Self.job(Self.parted, publication: "FOR ALL TABLES")
            try Self.partition(job, settings)
        }
    }

    @Test func partitionsComeThroughTheirRoot() throws {
        guard try SharedVersion.source() >= 13 else { return }
        let (job, settings) = try Self.job(
            Self.parted, publication: "FOR TABLE parted WITH (publish_via_partition_root = true)")
        try Self.partition(job, settings)
    }
}

/// The version of the source's programs.
private enum SharedVersion {
    static func source() throws -> Int { try SharedCluster.database(.source).connect().serverVersion.major }
}

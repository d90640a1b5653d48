import Backfill
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// What becomes of single partitions on the source while the job runs, or while it does not: the stream reports nothing of it
/// where partitions are sent as their root.
@Suite(.blocking) struct PartitionTests {
    private static let schema = """
        CREATE TABLE parted (id int, at date, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
        CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')
            PARTITION BY RANGE (id);
        CREATE TABLE parted_2a PARTITION OF parted_2 FOR VALUES FROM (0) TO (50);
        CREATE TABLE parted_2b PARTITION OF parted_2 FOR VALUES FROM (50) TO (100000);
        CREATE TABLE parted_3 PARTITION OF parted FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
        INSERT INTO parted SELECT i, d, 'n' FROM generate_series(1, 100) i,
            unnest('{2020-05-01, 2021-05-01, 2022-05-01}'::date[]) d;
        """

    /// A job over the partitioned table, as the role of least privilege; nil where the source is too old for it.
    private static func job(viaRoot: Bool, _ more: String = "") throws -> (TestJob, JobSettings)? {
        guard try SharedCluster.database(.source).connect().serverVersion.major >= 13 else { return nil }
        let job = try TestJob()
        try job.onSource("CREATE ROLE follower LOGIN REPLICATION")
        try job.onSource("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO follower")
        try job.onSource(schema + more)
        try job.onSource(
            "CREATE PUBLICATION scry_publication FOR TABLE parted WITH (publish_via_partition_root = \(viaRoot))")
        var settings = job.settings()
        settings.source["user"] = "follower"
        return (job, settings)
    }

    private static func expectSame(
        _ job: TestJob, rows: Int, _ table: String = "parted", sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let both = try job.both("SELECT t::text, tableoid::regclass::text FROM \(table) t ORDER BY 2, 1")
        #expect(both.source.count == rows, sourceLocation: sourceLocation)
        #expect(both.source == both.shadow, sourceLocation: sourceLocation)
    }

    /// How often the whole table was copied again.
    private static func copies(_ job: TestJob) throws(PostgresError) -> Int {
        let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
        return try control.events(latest: 100).count { $0.message == "copied beside the stream: public.parted" }
    }

    private static func count(_ job: TestJob, _ table: String) throws(PostgresError) -> String? {
        try job.shadow.connect(database: "shop").query("SELECT count(*) FROM \(table)")[0, 0]
    }

    @Test func oneThatIsDetachedOrDroppedIsDetachedHereWithoutACopy() throws {
        guard let (job, settings) = try Self.job(viaRoot: true) else { return }
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("UPDATE parted SET note = 'last' WHERE id < 10; DELETE FROM parted WHERE id = 11")
            try job.onSource("ALTER TABLE parted DETACH PARTITION parted_1")
            try job.onSource("INSERT INTO parted_1 VALUES (999, '2020-06-01', 'on its own')")
            try job.catchUp()
        }
        try Self.expectSame(job, rows: 198)
        try job.whileRunning(settings) { () throws(PostgresError) in
            // A whole subtree, and a new one beside it.
            try job.onSource(
                """
                DROP TABLE parted_2;
                CREATE TABLE parted_4 PARTITION OF parted FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
                INSERT INTO parted VALUES (1, '2023-02-02', 'new'), (5000, '2022-07-07', 'more')
                """)
            try job.catchUp()
        }
        try Self.expectSame(job, rows: 101)
        // Before 15 the source's own account of detached partitions is wrong.
        guard try SharedCluster.database(.source).connect().serverVersion.major >= 15 else { return }
        #expect(try Self.copies(job) == 0)
        // They stay, as tables of their own.
        #expect(try Self.count(job, "parted_1") == "99" && Self.count(job, "parted_2") == "99")
    }

    @Test func oneThatTakesThePlaceOfAnotherHasTheTableCopied() throws {
        guard let (job, settings) = try Self.job(viaRoot: true) else { return }
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource(
                """
                BEGIN;
                ALTER TABLE parted DETACH PARTITION parted_1;
                CREATE TABLE parted_new PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
                INSERT INTO parted VALUES (1, '2020-05-01', 'another'), (2, '2020-09-09', 'another');
                COMMIT
                """)
            try job.onSource("UPDATE parted SET note = 'changed' WHERE id < 5")
            try job.catchUp()
        }
        try Self.expectSame(job, rows: 202)
        #expect(try Self.copies(job) == 1)
        // Back at its place, with other bounds.
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.onSource(
                """
                ALTER TABLE parted DETACH PARTITION parted_new;
                ALTER TABLE parted ATTACH PARTITION parted_1 FOR VALUES FROM ('2019-01-01') TO ('2021-01-01');
                INSERT INTO parted VALUES (7000, '2019-02-02', 'early')
                """)
            try job.catchUp()
        }
        try Self.expectSame(job, rows: 301)
        let events = try job.inShadow("SELECT message FROM scry_backfill.event ORDER BY id")
        #expect(try Self.copies(job) == 2, "\(events)")
    }

    @Test func aTruncationHasTheTableCopiedAndARewriteDoesNot() throws {
        guard let (job, settings) = try Self.job(viaRoot: true) else { return }
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("VACUUM FULL parted_1")
            try job.onSource("CLUSTER parted_2a USING parted_2a_pkey")
            try job.catchUp()
            if try Self.copies(job) != 0 { throw PostgresError("a rewrite was taken for a truncation") }
            try job.onSource("TRUNCATE parted_1")
            try job.onSource("INSERT INTO parted VALUES (1, '2020-05-01', 'after it')")
            try job.catchUp()
        }
        try Self.expectSame(job, rows: 201)
        #expect(try Self.copies(job) == 1)
        // A table that is emptied whole is followed by the stream.
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.onSource("TRUNCATE parted")
            try job.onSource("INSERT INTO parted SELECT i, '2021-05-01', 'again' FROM generate_series(1, 100) i")
            try job.catchUp()
        }
        try Self.expectSame(job, rows: 100)
        #expect(try Self.copies(job) == 1)
    }

    @Test func whatHappensWhileNoEngineRunsIsSeenByTheNext() throws {
        guard let (job, settings) = try Self.job(viaRoot: true) else { return }
        try job.whileRunning(settings) { () throws(PostgresError) in try job.catchUp() }
        try job.onSource("TRUNCATE parted_2b; ALTER TABLE parted DETACH PARTITION parted_3")
        // Known by its rows in the stream only.
        try job.onSource(
            """
            CREATE TABLE short PARTITION OF parted FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            INSERT INTO parted VALUES (1, '2025-05-05', 'gone at once')
            """)
        try job.onSource("DROP TABLE short")
        try job.whileRunning(settings) { () throws(PostgresError) in try job.catchUp() }
        try Self.expectSame(job, rows: 149)
    }

    /// The stream brings the rows of the dropped one before anything is known of it.
    @Test func oneThatComesAndGoesBetweenTwoLooksLeavesNothing() throws {
        let more = "CREATE TABLE parted_rest PARTITION OF parted DEFAULT;"
        guard let (job, settings) = try Self.job(viaRoot: true, more) else { return }
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource(
                """
                CREATE TABLE short PARTITION OF parted FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
                INSERT INTO parted VALUES (1, '2025-05-05', 'gone at once');
                DROP TABLE short
                """)
            try job.catchUp()
            try job.onSource("ALTER TABLE parted DETACH PARTITION parted_1")
            try job.onSource("INSERT INTO parted VALUES (1, '2020-05-01', 'by default')")
            try job.catchUp()
        }
        try Self.expectSame(job, rows: 201)
    }

    /// Followed as tables of their own, they stand where they stand on the source.
    @Test func partitionsOfTheirOwnAreMovedToo() throws {
        guard let (job, settings) = try Self.job(viaRoot: false) else { return }
        try job.onSource(
            "CREATE TABLE late (LIKE parted INCLUDING ALL); INSERT INTO late VALUES (1, '2024-05-05', 'l')")
        try job.onSource("ALTER PUBLICATION scry_publication ADD TABLE late")
        let both = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'parted'::regclass ORDER BY 1"
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("ALTER TABLE parted DETACH PARTITION parted_1")
            try job.onSource(
                "ALTER TABLE parted ATTACH PARTITION late FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')")
            try job.onSource("DROP TABLE parted_3; TRUNCATE parted_2a")
            try job.onSource("INSERT INTO parted VALUES (2, '2024-06-06', 'm'), (3, '2021-02-02', 'n')")
            try job.catchUp()
            try waitUntil { () throws(PostgresError) in
                let sides = try job.both(both)
                return sides.source == sides.shadow
            }
            try job.catchUp()
        }
        try Self.expectSame(job, rows: 54)
        // The one that was dropped stays.
        #expect(try Self.count(job, "parted_3") == "100")
    }
}

import Backfill
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// Stored generated columns, which came with 12 and which publications may hold from 18 on: the shadow computes them itself,
/// and yet may find rows by them.
@Suite(.blocking) struct GeneratedColumnTests {
    @Test func theyAreFollowedInEveryReplicaIdentity() throws {
        let job = try TestJob()
        let version = try job.source.connect().serverVersion.major
        guard version >= 12 else { return }
        try job.onSource(
            """
            CREATE TABLE whole (n int, v text, code text GENERATED ALWAYS AS (v || '-' || n::text) STORED);
            ALTER TABLE whole REPLICA IDENTITY FULL;
            CREATE TABLE whole_key (n int, v text, code int GENERATED ALWAYS AS (n % 2) STORED, PRIMARY KEY (v, code));
            ALTER TABLE whole_key REPLICA IDENTITY FULL;
            """)
        var tables = ["whole", "whole_key"]
        if version >= 18 {
            // Before, the source sends neither the column nor, of a key that has it, enough to find the row.
            try job.onSource(
                """
                CREATE TABLE by_key (n int, v text, code int GENERATED ALWAYS AS (n * 2) STORED PRIMARY KEY);
                CREATE TABLE by_part (n int, v text, code int GENERATED ALWAYS AS (n % 2) STORED, PRIMARY KEY (code, v));
                CREATE TABLE by_index (code int GENERATED ALWAYS AS (n * 2) STORED NOT NULL, n int, v text);
                CREATE UNIQUE INDEX by_index_code ON by_index (code);
                ALTER TABLE by_index REPLICA IDENTITY USING INDEX by_index_code;
                CREATE PUBLICATION \(job.publication) FOR ALL TABLES WITH (publish_generated_columns = stored);
                """)
            tables += ["by_key", "by_part", "by_index"]
        }
        // Of the keys (v, code), v alone is not unique.
        let rows = "SELECT i, CASE WHEN i <= 2 THEN 'x' ELSE 'v' || i END FROM generate_series(1, 20) i"
        for table in tables { try job.onSource("INSERT INTO \(table) (n, v) \(rows)") }
        try job.onSource("INSERT INTO whole (n, v) VALUES (1, 'x'), (NULL, NULL), (NULL, 'y')")
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            for table in tables {
                try job.onSource(
                    """
                    UPDATE \(table) SET v = 'changed' WHERE n = 1;
                    UPDATE \(table) SET n = n + 1000 WHERE n IN (3, 4);
                    UPDATE \(table) SET n = n + 100, v = 'both' WHERE n = 5;
                    DELETE FROM \(table) WHERE n = 2 OR n > 15 AND n < 100;
                    INSERT INTO \(table) (n, v) VALUES (50, 'new');
                    UPDATE \(table) SET v = 'newer' WHERE n = 50;
                    """)
            }
            try job.onSource("DELETE FROM whole WHERE n IS NULL AND v IS NULL; UPDATE whole SET n = 7 WHERE n IS NULL")
            try job.catchUp()
            for table in tables {
                let rows = try job.both("SELECT n, v, code FROM \(table) ORDER BY 1, 2, 3")
                #expect(rows.source.count > 10)
                #expect(rows.source == rows.shadow, "table \(table)")
            }
        }
    }
}

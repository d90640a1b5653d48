import Backfill
import LocalCluster
import Postgres
import Testing
import Waiting

/// A source that is itself a shadow: the first job's state is not copied over the second's.
@Suite(.blocking) struct StateSchemaTests {
    @Test(arguments: [false, true]) func aShadowOfAShadow(allTables: Bool) throws {
        let job = try TestJob()
        try job.onSource(
            """
            CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a');
            CREATE SCHEMA scry_backfill;
            CREATE TABLE scry_backfill.job (slot text PRIMARY KEY, publication text, mode text);
            INSERT INTO scry_backfill.job VALUES ('scry_backfill_slot', 'another', 'hybrid');
            CREATE TABLE scry_backfill.mine (x int PRIMARY KEY); INSERT INTO scry_backfill.mine VALUES (1);
            """)
        if allTables { try job.onSource("CREATE PUBLICATION \(job.publication) FOR ALL TABLES") }
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource(
                """
                UPDATE scry_backfill.job SET mode = 'cdc'; INSERT INTO scry_backfill.mine VALUES (2);
                INSERT INTO t VALUES (2, 'b'); TRUNCATE scry_backfill.mine; DELETE FROM scry_backfill.job;
                """)
            try job.catchUp()
            // A new one is none of the job's, either.
            try job.onSource("CREATE TABLE scry_backfill.more (x int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)")
            try job.onSource("INSERT INTO scry_backfill.more VALUES (1); INSERT INTO t VALUES (3, 'c')")
            try job.catchUp()
            let rows = try job.both("SELECT * FROM t ORDER BY id")
            #expect(rows.source.count == 3 && rows.source == rows.shadow)
            let kept = try job.both("SELECT slot, publication, mode FROM scry_backfill.job").shadow
            #expect(kept == [[job.slot, job.publication, "hybrid"]])
            let names = try job.both("SELECT to_regclass('scry_backfill.mine'), to_regclass('scry_backfill.more')")
            #expect(names.shadow == [[nil, nil]])
            let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
            #expect(try control.tables().allSatisfy { $0.name.schema == "public" })
        }
    }
}

import Backfill
import Foundation
import LocalCluster
import Postgres
import Testing
import Waiting

/// A job whose state an older release has written goes on from where it was.
@Suite(.blocking) struct StateUpgradeTests {
    @Test func theJobGoesOn() throws {
        let job = try TestJob()
        try job.onSource("CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a')")
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        try writeAsOlderRelease(job)
        try job.onSource("INSERT INTO t VALUES (2, 'b')")
        try job.whileRunning { () throws(PostgresError) in
            let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
            // Until the engine has the lock, the state is of the older release.
            waitUntil { (try? control.isRunning) == true }
            try job.catchUp()
            let rows = try job.both("SELECT * FROM t ORDER BY id")
            #expect(rows.source.count == 2 && rows.source == rows.shadow)
        }
        // It was not copied again.
        #expect(try job.inShadow("SELECT count(*) FROM scry_backfill.event WHERE message LIKE '%cop%'") == ["0"])
        #expect(try job.inShadow("SELECT rows_copied FROM scry_backfill.followed_table") == ["1"])
    }

    /// Writes the same state in the older form.
    private func writeAsOlderRelease(_ job: TestJob) throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = tests.appending(path: "SubscriberTests/States/unnumbered.sql")
        let columns =
            "slot, publication, mode, state, system_identifier, timeline, database, made_slot, made_publication, schema_stage, start_lsn, first_copied"
        let tableColumns =
            "slot, schema_name, table_name, state, published_as, problem, snapshot_lsn, rows_copied, bytes_copied, identity_columns, copied"
        try job.onShadow("ALTER SCHEMA scry_backfill RENAME TO present")
        try job.onShadow(try String(contentsOf: file, encoding: .utf8))
        try job.onShadow(
            """
            INSERT INTO scry_backfill.job (\(columns), applied_lsn, commit_lsn, commit_time, source_lsn)
            SELECT \(columns), applied_lsn, commit_lsn, commit_time, source_lsn
              FROM present.job JOIN present.lane USING (slot);
            INSERT INTO scry_backfill.followed_table (\(tableColumns)) SELECT \(tableColumns) FROM present.followed_table;
            DROP SCHEMA present CASCADE;
            """)
    }
}

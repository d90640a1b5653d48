import Backfill
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// The source's schema changes while it is followed: both sides end equal, rows and schema.
@Suite(.blocking) struct SchemaChangeTests {
    @Test(arguments: SchemaChangeCase.followed + SchemaChangeCase.kept + SchemaChangeCase.copied)
    func endsEqual(_ change: SchemaChangeCase) throws {
        let job = try TestJob()
        let versions = [
            try job.source.connect().serverVersion.major, try job.shadow.connect().serverVersion.major,
        ]
        guard versions.min() ?? 0 >= change.since else { return }
        // As in a publication that somebody made: tables that come are in it.
        try job.onSource(change.setup)
        try job.onSource("CREATE PUBLICATION scry_publication FOR ALL TABLES")
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            for statement in change.change { try job.onSource(statement) }
            try job.catchUp()
            try waitUntil { () throws(PostgresError) in
                try job.inShadow("SELECT 1 FROM scry_backfill.job WHERE schema_stage = 3").count == 1
            }
        }
        #expect(try Comparison(job).differences.isEmpty)
        let actions = try job.inShadow(
            "SELECT DISTINCT table_name || ': ' || action FROM scry_backfill.schema_change ORDER BY 1")
        #expect(actions == change.actions)
        let report = try SchemaProof(job.settings(), interrupt: try Interrupt()).run()
        let unmeant = report.differences.filter { !$0.meant }.map { "\($0.type) \($0.identity): \($0.what)" }
        #expect(unmeant.isEmpty)
    }
}

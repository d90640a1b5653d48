import Backfill
import LocalCluster
import Postgres
import Testing
import Waiting

/// `default_transaction_read_only` on the source: the publication is all that the job would write there.
@Suite(.blocking) struct ReadOnlySourceTests {
    @Test func theWayOutLeadsToAShadow() throws {
        let job = try TestJob()
        try job.onSource(
            """
            CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1), (2);
            ALTER DATABASE shop SET default_transaction_read_only = on;
            """)
        let engine = try RunningEngine(job.settings())
        let error = try #require(#expect(throws: PostgresError.self) { try engine.wait() })
        let hint = try #require(error.hint)
        let begin = try #require(hint.firstRange(of: "BEGIN READ WRITE; CREATE PUBLICATION"))
        let end = try #require(hint[begin.lowerBound...].firstRange(of: "COMMIT;"))
        try job.onSource(String(hint[begin.lowerBound..<end.upperBound]))
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("BEGIN READ WRITE; INSERT INTO t VALUES (3); COMMIT")
            try job.catchUp()
            #expect(try job.both("SELECT * FROM t ORDER BY id").shadow == [["1"], ["2"], ["3"]])
        }
    }
}

import Foundation
import Job
import Postgres
import Testing

@testable import Backfill

/// The documents that scripts read, key by key.
@Suite struct JobStatusTests {
    private func text(_ document: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }

    @Test func withoutAJobEveryKeyIsThere() throws {
        #expect(
            try text(JobStatus(none: "s")) == """
                {"applied_lsn":null,"bytes_copied":0,"engine":{"host":null,"pid":null,"running":false,"since":null},\
                "error":null,"eta_seconds":null,"lag":{"bytes":null,"seconds":null},"mode":null,"percent_copied":null,\
                "publication":null,"rates":{"bytes_per_second":null,"rows_per_second":null},"rows_copied":0,"slot":"s",\
                "source_lsn":null,"state":"none",\
                "tables":{"copying":0,"failed":0,"pending":0,"ready":0,"total":0},"throttle":null,"wal":null}
                """)
    }

    @Test func aTable() throws {
        let table = JobTable(
            FollowedTable(
                name: QualifiedName(schema: "a", name: "b"), state: .ready(LSN(0x16_B374_D848)), rowsCopied: 1,
                bytesCopied: 2, identityColumns: [], publishedAs: nil, problem: nil), setAside: [],
            isRunning: true)
        #expect(
            try text(table) == """
                {"bytes_copied":2,"name":"b","problem":null,"rows_copied":1,"schema":"a","set_aside":[],"snapshot_lsn":"16\\/B374D848",\
                "state":"ready"}
                """)
    }
}

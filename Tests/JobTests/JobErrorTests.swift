import Foundation
import Postgres
import Testing

@testable import Job

@Suite struct JobErrorTests {
    @Test func everyKeyIsThere() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let error = JobError(PostgresError("m", hint: "h", sqlState: .undefinedTable), at: "now")
        #expect(
            String(decoding: try encoder.encode(error), as: UTF8.self)
                == #"{"at":"now","detail":null,"hint":"h","message":"m","sqlstate":"42P01"}"#)
    }

    @Test func itCanBeThrownAgain() {
        var error = PostgresError("m", detail: "D.", hint: "H.", sqlState: .undefinedTable)
        error.context = "COPY of t"
        let thrown = JobError(error, at: "now").error
        #expect(thrown.message == "m (COPY of t)" && thrown.detail == "D." && thrown.hint == "H.")
        #expect(thrown.sqlState == .undefinedTable && !thrown.isSafeToRetry)
    }
}

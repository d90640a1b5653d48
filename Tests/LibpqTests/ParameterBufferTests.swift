import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Libpq

@Suite(.blocking) struct ParameterBufferTests {
    @Test func itIsUsedAgainForTheNextRow() throws {
        let connection = try SharedCluster.cluster().connect()
        try connection.enterPipeline()
        try connection.pipelinePrepare("p", "SELECT concat_ws('|', $1::text, $2::text, ($3::text IS NULL)::text)")
        var buffer = ParameterBuffer()
        let long = String(repeating: "ü", count: 100_000)
        for row in [["a", "b", nil], ["", long, "x"], [nil, "c", nil]] as [[String?]] {
            buffer.removeAll()
            #expect(buffer.count == 0)
            for value in row {
                guard let value else {
                    buffer.appendNull()
                    continue
                }
                // The three ways are one.
                if row.count == buffer.count + 1 {
                    buffer.append(value)
                } else {
                    unsafe Array(value.utf8).withUnsafeBytes { unsafe buffer.append($0) }
                }
            }
            #expect(buffer.count == 3)
            try connection.pipelineExecute("p", &buffer)
        }
        try connection.pipelineSync()
        var answers: [String?] = []
        while let result = try connection.nextPipelineResult() {
            if result.status == .tuples { answers.append(result[0, 0]) }
        }
        #expect(answers == ["a|b|true", "|\(long)|false", "c|true"])
    }

    @Test func aWrongNumberIsTheServersError() throws {
        let connection = try SharedCluster.cluster().connect()
        try connection.enterPipeline()
        try connection.pipelinePrepare("p", "SELECT $1::text")
        var none = ParameterBuffer()
        try connection.pipelineExecute("p", &none)
        try connection.pipelineSync()
        var states: [String] = []
        while let result = try connection.nextPipelineResult() {
            if case .failed(let error) = result.status { states.append(error.sqlState.code) }
        }
        #expect(states == ["08P01"])
    }
}

import Foundation
import Processes
import Testing
import Waiting

/// Each benchmark on very little work: it runs, proves both results, and reports. What it measures is of no interest here.
@Suite(.blocking) struct BenchmarkProgramTests {
    private struct Report: Decodable {
        struct Comparison: Decodable {
            struct Times: Decodable {
                let median: Double
                let seconds: [Double]
            }

            let name: String
            let peer: String
            let ours: Times
            let theirs: Times
            let ratio: Double
        }

        let title: String
        let comparisons: [Comparison]
    }

    @Test(arguments: [
        (["copy", "--scale", "1"], ["copy"]),
        (["follow", "--transactions", "50", "--rows", "100"], ["follow"]),
        (
            ["shell", "--rows", "100", "--statements", "5"],
            ["start, select 1", "100 rows, aligned", "100 rows, csv", "5 statements"]
        ),
    ])
    func reports(_ arguments: [String], _ names: [String]) throws {
        let (output, errors, status) = try run(arguments + ["--rounds", "1", "--no-fsync", "--json"])
        #expect(status == .success, "\(errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(output.utf8))
        #expect(report.comparisons.map(\.name) == names)
        for comparison in report.comparisons {
            #expect(comparison.ratio > 0)
            #expect(comparison.ours.seconds.count == comparison.theirs.seconds.count)
        }
    }

    @Test func aMissingProgramIsAnError() throws {
        let (output, errors, status) = try run(["copy", "--program", "/nonexistent"])
        #expect(status == .exited(1))
        #expect(output == "")
        #expect(errors.contains("error: no program at \"/nonexistent\"\nHINT:"))
    }

    private func run(_ arguments: [String]) throws -> (output: String, errors: String, status: ProcessStatus) {
        let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "scry-benchmark")
        let run = try ProgramCall(binary.path, arguments).run()
        return (run.outputText, run.errorText, run.status)
    }
}

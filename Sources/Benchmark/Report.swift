import Foundation
import Postgres

/// The result of a benchmark.
struct Report {
    /// The work in one line: sizes, versions, settings.
    let title: String
    let comparisons: [Comparison]

    /// A table for people.
    var text: String {
        let rows =
            [["", "peer", "ours", "peer's", "peer / ours"]]
            + comparisons.map { comparison in
                [
                    comparison.name, comparison.peer, Self.cell(comparison.ours), Self.cell(comparison.theirs),
                    Self.number(comparison.ratio, digits: 2),
                ]
            }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column < 2 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }
        return ([title, "Seconds: the median (from … to) of the rounds.", ""] + lines).joined(separator: "\n")
    }

    /// `6.21 (6.08 … 6.52)`.
    private static func cell(_ values: [Double]) -> String {
        let (least, most) = (values.min() ?? .nan, values.max() ?? .nan)
        return "\(number(Comparison.median(values))) (\(number(least)) … \(number(most)))"
    }

    private static func number(_ value: Double, digits: Int? = nil) -> String {
        String(format: "%.\(digits ?? (value < 1 ? 4 : 2))f", value)
    }

    func json() throws(PostgresError) -> String {
        let document = Document(
            title: title,
            comparisons: comparisons.map {
                Document.Entry(
                    name: $0.name, peer: $0.peer, ours: Document.Times($0.ours), theirs: Document.Times($0.theirs),
                    ratio: $0.ratio)
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        do {
            return String(decoding: try encoder.encode(document), as: UTF8.self)
        } catch {
            throw PostgresError("could not write the report as JSON: \(error.localizedDescription)")
        }
    }

    private struct Document: Encodable {
        struct Entry: Encodable {
            let name: String
            let peer: String
            let ours: Times
            let theirs: Times
            /// The peer's seconds divided by ours.
            let ratio: Double
        }

        struct Times: Encodable {
            let median: Double
            let seconds: [Double]

            init(_ seconds: [Double]) {
                self.seconds = seconds
                median = Comparison.median(seconds)
            }
        }

        let title: String
        let comparisons: [Entry]
    }
}

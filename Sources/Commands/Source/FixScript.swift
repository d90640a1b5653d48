internal import Postgres
internal import Preflight
internal import Publisher

/// The SQL that mends the findings of a check, as one script for the source. Statements for the shadow, changes that a
/// person must decide and faults that no statement mends stand in it as comments.
struct FixScript {
    /// A change that is to be made on the source.
    struct Step {
        /// The check's.
        let id: String
        let fix: SourceFix

        var statement: String { fix.statement }
    }

    let steps: [Step]
    let text: String

    init(_ report: Preflight.Report) {
        let ordered = report.findings.filter { $0.status != .pass }.enumerated()
            .sorted { (Self.rank($0.element.id), $0.offset) < (Self.rank($1.element.id), $1.offset) }.map(\.element)
        var steps: [Step] = []
        var blocks: [String] = []
        var seen: Set<SourceFix> = []
        for finding in ordered {
            guard let fix = finding.fix else { continue }
            var lines = [Self.comment("\(finding.id): \(finding.message)")]
            if finding.status != .skip, fix.place == .source {
                for change in fix.changes where seen.insert(change).inserted {
                    steps.append(Step(id: finding.id, fix: change))
                    lines.append(change.statement)
                }
                if fix.needsRestart { lines.append("-- This takes effect when the server has been restarted.") }
            } else {
                lines.append(Self.comment(Self.reason(finding, fix.place)))
                if let hint = finding.hint { lines.append(Self.comment(hint)) }
                lines += fix.sql.split(separator: "\n").map { "-- \($0)" }
            }
            blocks.append(lines.joined(separator: "\n"))
        }
        for finding in ordered where finding.fix == nil && finding.status != .skip {
            let hint = finding.hint.map { "\n" + Self.comment($0) } ?? ""
            blocks.append(Self.comment("\(finding.id): \(finding.message)") + "\n-- No statement mends this." + hint)
        }
        self.steps = steps
        text = blocks.isEmpty ? "-- There is nothing to mend." : blocks.joined(separator: "\n\n")
    }

    /// A table's identity comes before its publication, as its UPDATE and DELETE fail in between; changes that wait for
    /// a restart come last.
    private static func rank(_ id: String) -> Int {
        switch id {
        case "replication_privilege", "select_privilege", "row_security": 0
        case "replica_identity": 1
        case "publication", "followed_tables": 2
        case "wal_level", "max_replication_slots", "max_wal_senders": 4
        default: 3
        }
    }

    private static func reason(_ finding: Preflight.Finding, _ place: Preflight.Fix.Place) -> String {
        switch place {
        case .shadow: "To be run on the shadow."
        case .sourceByHand: "To be run by hand."
        case .source: "Not needed, but it would let the check see."
        }
    }

    private static func comment(_ text: String) -> String {
        text.split(separator: "\n").map { "-- \($0)" }.joined(separator: "\n")
    }
}

/// The outcome of a statement.
struct FixResult {
    let step: FixScript.Step
    /// Nil where it was done.
    let error: PostgresError?

    /// For people: the statements that were run, and how many were left.
    static func text(_ results: [FixResult], of script: FixScript) -> String {
        var lines: [String] = []
        for result in results {
            lines.append("\(result.error == nil ? "done" : "FAIL")  \(result.step.statement)")
            guard let error = result.error else { continue }
            lines.append("      \(error.severity):  \(error.message)")
            if let hint = error.hint { lines.append("      HINT:  \(hint)") }
        }
        let left = script.steps.count - results.count
        if left > 0 { lines.append("\(left) more statement\(left == 1 ? " was" : "s were") not run.") }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// `check --fix --json`: the report, after the statements where they were run, with the script and what became of it.
struct FixDocument: Encodable {
    let report: Preflight.Report
    let script: FixScript
    let results: [FixResult]

    private struct Statement: Encodable {
        let id: String
        let sql: String
        let status: String
        let error: OrNull<String>
    }

    private enum CodingKeys: String, CodingKey { case script, statements }

    func encode(to encoder: any Encoder) throws {
        try report.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(script.text, forKey: .script)
        let statements = script.steps.enumerated().map { index, step in
            let result = index < results.count ? results[index] : nil
            return Statement(
                id: step.id, sql: step.statement,
                status: result.map { $0.error == nil ? "done" : "failed" } ?? "not run",
                error: OrNull(result?.error?.message))
        }
        try container.encode(statements, forKey: .statements)
    }
}

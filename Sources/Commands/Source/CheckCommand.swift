internal import Backfill
internal import Configuration
internal import Libpq
internal import Postgres
internal import Preflight

extension Command {
    static let check = Command(
        "check", "[TABLE …]", help: "check that source and shadow are ready for a job",
        grammar: Grammar(operands: Grammar.any, completion: .tables)
    ) { context, arguments throws(PostgresError) in
        let configuration = context.configuration
        var tables: [TablePattern] = []
        for operand in arguments.operands { tables.append(try TablePattern(operand)) }
        let mode: Preflight.Context.Mode =
            switch configuration.backfill.mode {
            case .hybrid: .hybrid
            case .snapshot: .snapshot
            case .cdc: .cdc
            }
        let shadow = try endpoint(context.shadow)
        let report = try Preflight.run(
            Preflight.Context(
                source: try endpoint(context.source), shadow: shadow, mode: mode,
                slot: configuration.source.replicationSlot, publication: configuration.source.publicationName,
                tables: tables, selection: configuration.backfill.tables,
                engineIsRunning: engineIsRunning(shadow, configuration.source.replicationSlot)))
        var output = Output(
            [.text(checkText(report))], document: report, succeeded: report.passed)
        output.couldConnect = report.couldConnect
        return output
    }

    /// What the checks examine: a failure to connect is a finding, but an interrupt ends the command.
    private static func endpoint(_ server: Server?) throws(PostgresError) -> Preflight.Context.Endpoint {
        guard let server else { return .notConfigured }
        do throws(PostgresError) {
            return .connected(try server.connection())
        } catch {
            guard error.origin != .interrupted else { throw error }
            return .failed(error)
        }
    }

    /// The slot is then in its own engine's hands. A shadow that can't answer has its own finding.
    private static func engineIsRunning(_ shadow: Preflight.Context.Endpoint, _ slot: String) -> Bool {
        guard case .connected(let connection) = shadow else { return false }
        return (try? JobControl(connection, slot: slot).isRunning) ?? false
    }

    /// A label and its text, the text's further lines below its first.
    private static func entry(_ label: String, _ text: String?) -> [String] {
        (text?.split(separator: "\n") ?? []).enumerated().map { index, line in
            let margin = index == 0 ? "      " + label : "      "
            return margin + String(repeating: " ", count: 15 - margin.count) + line.drop(while: \.isWhitespace)
        }
    }

    /// One line a check; below a warning or failure what was found, what is needed, and what mends it.
    private static func checkText(_ report: Preflight.Report) -> String {
        let width = report.findings.map(\.id.count).max() ?? 0
        var lines: [String] = []
        for finding in report.findings {
            let mark =
                switch finding.status {
                case .pass: "ok  "
                case .warn: "WARN"
                case .fail: "FAIL"
                case .skip: "skip"
                }
            let id = finding.id + String(repeating: " ", count: width - finding.id.count)
            lines.append("\(mark)  \(id)  \(finding.message)")
            guard finding.status != .pass else { continue }
            let isFault = finding.status != .skip
            if isFault { lines += entry("found:", finding.found) + entry("needed:", finding.needed) }
            lines += entry("HINT:", finding.hint) + entry("SQL:", finding.fixSQL)
        }
        let failed = report.findings.count { $0.status == .fail }
        let warned = report.findings.count { $0.status == .warn }
        let warnings = warned == 0 ? "" : ", \(warned) warning\(warned == 1 ? "" : "s")"
        lines.append(
            failed == 0
                ? "All checks passed\(warnings)."
                : "\(failed) check\(failed == 1 ? "" : "s") failed\(warnings).")
        return lines.joined(separator: "\n")
    }
}

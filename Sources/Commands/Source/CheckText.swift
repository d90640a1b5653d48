internal import Preflight

extension Preflight.Report {
    /// For people: one line a check; below a warning or failure what was found, what is needed, and what mends it.
    var text: String {
        let width = findings.map(\.id.count).max() ?? 0
        var lines: [String] = []
        for finding in findings {
            let label =
                switch finding.status {
                case .pass: "ok  "
                case .warn: "WARN"
                case .fail: "FAIL"
                case .skip: "skip"
                }
            let id = finding.id + String(repeating: " ", count: width - finding.id.count)
            lines.append("\(label)  \(id)  \(finding.message)")
            guard finding.status != .pass else { continue }
            let isFault = finding.status != .skip
            if isFault { lines += Self.entry("found:", finding.found) + Self.entry("needed:", finding.needed) }
            lines += Self.entry("HINT:", finding.hint) + Self.entry("SQL:", finding.fixSQL)
        }
        lines.append(summary)
        return lines.joined(separator: "\n")
    }

    private var summary: String {
        let failed = findings.count { $0.status == .fail }
        let warned = findings.count { $0.status == .warn }
        let warnings = warned == 0 ? "" : ", \(warned) warning\(warned == 1 ? "" : "s")"
        return failed == 0
            ? "All checks passed\(warnings)." : "\(failed) check\(failed == 1 ? "" : "s") failed\(warnings)."
    }

    /// A label and its text, the text's further lines below its first.
    private static func entry(_ label: String, _ text: String?) -> [String] {
        (text?.split(separator: "\n") ?? []).enumerated().map { index, line in
            let margin = index == 0 ? "      " + label : "      "
            return margin + String(repeating: " ", count: 15 - margin.count) + line.drop(while: \.isWhitespace)
        }
    }
}

internal import Postgres

/// SQL as pg_restore writes it, without what only psql or a newer server understands.
struct RestoreScript {
    let text: String

    init(_ sql: String, for server: ServerVersion) {
        var unknown: [String] = []
        if server.major < 17 { unknown.append("SET transaction_timeout = ") }
        if server.major < 12 { unknown.append("SET default_table_access_method = ") }
        var lines: [Substring] = []
        for line in sql.split(separator: "\n", omittingEmptySubsequences: false) {
            // \restrict and \unrestrict, which newer releases of pg_dump write for psql.
            if line.hasPrefix("\\restrict ") || line.hasPrefix("\\unrestrict ") { continue }
            if unknown.contains(where: { line.hasPrefix($0) }) { continue }
            lines.append(line)
        }
        if server.major < 18 { lines = Self.withoutNotNullConstraints(lines) }
        let kept = lines.joined(separator: "\n")
        text = kept.allSatisfy(\.isWhitespace) ? "" : kept
    }

    /// Since 18 NOT NULL may stand as a constraint of the table (of a column that is inherited, say). It is set behind the
    /// table instead, as older servers know it.
    private static func withoutNotNullConstraints(_ lines: [Substring]) -> [Substring] {
        var kept: [Substring] = []
        var table: Substring?
        var columns: [Substring] = []
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 2)
            if words.count == 3, words[0] == "CREATE", words[1] == "TABLE", line.hasSuffix(" (") {
                table = words[2].dropLast(2)
            } else if table != nil, let column = notNullColumn(line) {
                columns.append(column)
                // What was the list's last element has taken a comma too many with it.
                if !line.hasSuffix(","), let last = kept.last, last.hasSuffix(",") {
                    kept[kept.count - 1] = last.dropLast()
                }
                continue
            }
            kept.append(line)
            guard let named = table, !line.hasPrefix(" "), line.hasSuffix(";") else { continue }
            kept += columns.map { "ALTER TABLE ONLY \(named) ALTER COLUMN \($0) SET NOT NULL;" }
            table = nil
            columns = []
        }
        return kept
    }

    /// The column of `NOT NULL column` or `CONSTRAINT name NOT NULL column`, as pg_dump indents and writes it.
    private static func notNullColumn(_ line: Substring) -> Substring? {
        guard line.hasPrefix("    ") else { return nil }
        var rest = line.dropFirst(4)
        if rest.hasSuffix(",") { rest = rest.dropLast() }
        if rest.hasSuffix(" NO INHERIT") { rest = rest.dropLast(" NO INHERIT".count) }
        let words = "NOT NULL "
        if rest.hasPrefix(words) { return rest.dropFirst(words.count) }
        guard rest.hasPrefix("CONSTRAINT ") else { return nil }
        let parts = rest.dropFirst("CONSTRAINT ".count).split(separator: " \(words)", maxSplits: 1)
        // A constraint of another kind names it before anything else.
        guard parts.count == 2, !parts[0].contains("("), parts[0].hasPrefix("\"") || !parts[0].contains(" ") else {
            return nil
        }
        return parts[1]
    }

    /// The first line of what stands at an error's position, counted in characters from 1.
    static func statement(in text: String, at position: Int) -> String {
        let characters = text.unicodeScalars
        let at = characters.index(characters.startIndex, offsetBy: max(0, position - 1), limitedBy: characters.endIndex)
        guard let at else { return "" }
        let start = text[..<at].lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex
        let end = text[at...].firstIndex(of: "\n") ?? text.endIndex
        return String(text[start..<end].prefix(200))
    }
}

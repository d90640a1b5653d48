internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

/// Since 18 a NOT NULL is a constraint of its own, which CREATE TABLE may name after its columns (of an inherited column,
/// say), and which need not be inherited. Older servers know the column's property alone: what stands in the statement is left
/// out, and the catalog says which columns are set NOT NULL after it.
struct NotNullConstraints {
    struct Column: Hashable {
        let name: String
        /// Holds of the table's own rows, not of those of tables that inherit from it, which no older server can say.
        let isNotInherited: Bool
    }

    private let columns: [QualifiedName: [Column]]

    init(_ columns: [QualifiedName: [Column]]) { self.columns = columns }

    /// Reads those of tables.
    init(of tables: [OID], on session: Source) throws(PostgresError) {
        var columns: [QualifiedName: [Column]] = [:]
        let oids = "{" + tables.map(\.description).joined(separator: ",") + "}"
        for row in try session.connection.query(.publisherNotNullConstraints, [oids]).rows {
            let table = try row.qualifiedName()
            columns[table, default: []].append(
                Column(name: try row.string("column"), isNotInherited: try row.bool("no_inherit")))
        }
        self.columns = columns
    }

    /// The columns whose NOT NULL an older server cannot have.
    func lost(of table: QualifiedName) -> [String] {
        (columns[table] ?? []).filter(\.isNotInherited).map(\.name)
    }

    /// The piece as an older server takes it.
    func older(_ piece: SchemaPiece) -> SchemaPiece {
        guard piece.isTable, let table = piece.table, let columns = columns[table] else { return piece }
        var sql = Self.withoutConstraints(piece.sql)
        for column in columns where !column.isNotInherited {
            sql += "ALTER TABLE ONLY \(table.quoted) ALTER COLUMN \(quoteIdentifier(column.name)) SET NOT NULL;\n"
        }
        return piece.with(sql: sql)
    }

    /// CREATE TABLE without the elements `[CONSTRAINT name] NOT NULL column [NO INHERIT]` of its list, and without a column's
    /// `NOT NULL NO INHERIT`.
    static func withoutConstraints(_ sql: String) -> String {
        let bytes = Array(sql.utf8)
        let tokens = SQLToken.tokens(of: bytes)
        let texts = tokens.map { token in
            token.kind == .word || token.kind == .symbol
                ? String(decoding: bytes[token.range], as: UTF8.self).uppercased() : ""
        }
        guard let open = texts.firstIndex(of: "(") else { return sql }
        // Places of tokens where the elements of the list begin, and after the last.
        var borders = [open]
        var depth = 0
        for place in open..<tokens.count {
            switch texts[place] {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "," where depth == 1: borders.append(place)
            default: continue
            }
            if depth == 0 {
                borders.append(place)
                break
            }
        }
        var kept: [ArraySlice<UInt8>] = []
        for (start, end) in zip(borders, borders.dropFirst()) {
            let words = Array(texts[(start + 1)..<end])
            let text = bytes[tokens[start].range.upperBound..<tokens[end].range.lowerBound]
            let unnamed = words.first == "CONSTRAINT" ? words.dropFirst(2) : words[...]
            if unnamed.starts(with: ["NOT", "NULL"]) { continue }
            kept.append(withoutNoInherit(text, words, Array(tokens[(start + 1)..<end]), bytes))
        }
        guard let last = borders.last, last < tokens.count else { return sql }
        let head = bytes[..<tokens[open].range.upperBound]
        let tail = bytes[tokens[last].range.lowerBound...]
        return String(decoding: head + kept.joined(separator: [UInt8(ascii: ",")]) + tail, as: UTF8.self)
    }

    /// A column without its NOT NULL if that is followed by NO INHERIT.
    private static func withoutNoInherit(
        _ element: ArraySlice<UInt8>, _ words: [String], _ tokens: [SQLToken], _ bytes: [UInt8]
    ) -> ArraySlice<UInt8> {
        for place in words.indices where words[place...].starts(with: ["NOT", "NULL", "NO", "INHERIT"]) {
            // With the constraint's name, where it has one.
            let start = place >= 2 && words[place - 2] == "CONSTRAINT" ? place - 2 : place
            let before = bytes[element.startIndex..<tokens[start].range.lowerBound]
            return (before + bytes[tokens[place + 3].range.upperBound..<element.endIndex])[...]
        }
        return element
    }
}

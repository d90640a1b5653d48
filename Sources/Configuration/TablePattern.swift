public import Postgres

/// A pattern for tables, written as in psql's `\d` (manual, psql "Patterns") but with the shell's wildcards only: `*` for
/// any letters, `?` for one. A name is folded to lower case (ASCII, as the server folds identifiers) and its wildcards
/// count unless it stands in double quotes. A pattern without a schema matches in all of them.
public struct TablePattern: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    public let description: String
    private let schema: [Glyph]
    private let name: [Glyph]

    private enum Glyph: Hashable, Sendable {
        case letter(Unicode.Scalar)
        case any, one
    }

    /// Every table of every schema.
    public static let all = TablePattern(description: "*.*", schema: [.any], name: [.any])

    private init(description: String, schema: [Glyph], name: [Glyph]) {
        self.description = description
        self.schema = schema
        self.name = name
    }

    /// Throws where a part is empty, a quote is not closed, or there are more parts than a schema and a name.
    public init(_ text: String) throws(PostgresError) {
        var parts: [[Glyph]] = [[]]
        var quoted = false
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"" where quoted && rest.first == "\"":
                rest.removeFirst()
                parts[parts.count - 1].append(.letter("\""))
            case "\"": quoted.toggle()
            case "." where !quoted: parts.append([])
            case "*" where !quoted: parts[parts.count - 1].append(.any)
            case "?" where !quoted: parts[parts.count - 1].append(.one)
            default:
                let isFolded = !quoted && ("A"..."Z").contains(scalar)
                parts[parts.count - 1].append(.letter(isFolded ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar))
            }
        }
        guard !quoted, parts.count <= 2, let name = parts.last, parts.allSatisfy({ !$0.isEmpty }) else {
            throw PostgresError(
                "invalid table pattern \"\(text)\"",
                detail: quoted
                    ? "The quoted name is not closed."
                    : "A pattern is a name, or a schema and a name with a dot between.",
                hint: "Write schema.table, with * and ? as wildcards and odd names in double quotes.",
                sqlState: SQLState("42602"))
        }
        description = text
        schema = parts.count == 2 ? parts[0] : [.any]
        self.name = name
    }

    public func matches(_ table: QualifiedName) -> Bool {
        Self.match(schema[...], table.schema.unicodeScalars[...])
            && Self.match(name[...], table.name.unicodeScalars[...])
    }

    /// Where a `*` was too short, it takes one letter more and what follows it is tried again; only the last `*` ever
    /// needs that, so the time is at most the product of both lengths.
    private static func match(_ pattern: ArraySlice<Glyph>, _ text: Substring.UnicodeScalarView) -> Bool {
        var (pattern, text) = (pattern, text)
        var retry: (pattern: ArraySlice<Glyph>, text: Substring.UnicodeScalarView)?
        while true {
            switch (pattern.first, text.first) {
            case (.any, _):
                pattern.removeFirst()
                retry = (pattern, text)
                continue
            case (nil, nil): return true
            case (.one, _?):
                pattern.removeFirst()
                text.removeFirst()
                continue
            case (.letter(let wanted), let found?) where wanted == found:
                pattern.removeFirst()
                text.removeFirst()
                continue
            default: break
            }
            guard let last = retry, !last.text.isEmpty else { return false }
            pattern = last.pattern
            text = last.text.dropFirst()
            retry?.text = text
        }
    }
}

/// The tables that a list of patterns takes in and another takes out; the second wins.
public struct TableSelection: Hashable, Sendable {
    public var included: [TablePattern]
    public var excluded: [TablePattern]

    public init(including included: [TablePattern], excluding excluded: [TablePattern]) {
        self.included = included
        self.excluded = excluded
    }

    public func includes(_ table: QualifiedName) -> Bool {
        included.contains { $0.matches(table) } && !excluded.contains { $0.matches(table) }
    }
}

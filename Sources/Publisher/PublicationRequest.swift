public import Postgres

/// The request of a person to publish tables or to take them out: the text after `\publish` and `\unpublish`.
public enum PublicationRequest: Hashable, Sendable {
    case allTables
    case schemas([NamePattern])
    case tables([PublicationTarget])

    /// Reads `all`, `schema NAME …`, or `TABLE [(COLUMN, …)] [where (CONDITION)] …`, the tables separated by white space or
    /// commas. A table whose name is `all` or `schema` is written in double quotes.
    ///
    /// Throws 42601 where the text has none of these forms.
    public init(_ text: String) throws(PostgresError) {
        var scanner = NameScanner(text)
        scanner.skipSpace()
        var whole = scanner
        if whole.take(keyword: "all") {
            whole.skipSpace()
            guard whole.isAtEnd else { throw whole.unexpected() }
            self = .allTables
            return
        }
        if scanner.take(keyword: "schema") {
            var schemas: [NamePattern] = []
            scanner.skipSeparators()
            repeat {
                schemas.append(try scanner.namePattern())
                scanner.skipSeparators()
            } while !scanner.isAtEnd
            self = .schemas(schemas)
            return
        }
        var targets: [PublicationTarget] = []
        repeat {
            targets.append(try PublicationTarget(&scanner))
            scanner.skipSeparators()
        } while !scanner.isAtEnd
        self = .tables(targets)
    }
}

/// Tables to publish, with what of them.
public struct PublicationTarget: Hashable, Sendable {
    public var pattern: TablePattern
    /// Nil: all. Names as the catalog holds them.
    public var columns: [String]?
    /// The condition of WHERE, as it was typed; nil: all rows.
    public var rowFilter: String?

    public init(_ pattern: TablePattern, columns: [String]? = nil, rowFilter: String? = nil) {
        self.pattern = pattern
        self.columns = columns
        self.rowFilter = rowFilter
    }

    init(_ scanner: inout NameScanner) throws(PostgresError) {
        pattern = try scanner.tablePattern()
        scanner.skipSpace()
        if scanner.next == "(" {
            columns = try Self.columns(try scanner.parenthesized())
            scanner.skipSpace()
        }
        if scanner.take(keyword: "where") {
            scanner.skipSpace()
            rowFilter = try scanner.parenthesized()
        }
    }

    /// Whether more than the table's name was given.
    var isRestricted: Bool { columns != nil || rowFilter != nil }

    private static func columns(_ text: String) throws(PostgresError) -> [String] {
        var scanner = NameScanner(text)
        var columns: [String] = []
        scanner.skipSeparators()
        repeat {
            guard let column = try scanner.namePattern().literal else {
                throw PostgresError(
                    "a column list takes no wildcards: \"(\(text))\"", hint: "Name each column.", sqlState: .syntaxError
                )
            }
            columns.append(column)
            scanner.skipSeparators()
        } while !scanner.isAtEnd
        return columns
    }
}

/// A name as a person types it after a command, maybe with wildcards, by psql's rules (manual, psql, "Patterns"):
/// unquoted letters are folded to lower case, `*` stands for any characters and `?` for any one, and inside double quotes
/// everything stands for itself, a quote being doubled.
public struct NamePattern: Hashable, Sendable, CustomStringConvertible {
    enum Piece: Hashable, Sendable {
        case one(Unicode.Scalar)
        case anyOne
        case anyRun
    }

    var pieces: [Piece] = []

    /// Exactly this name, as the catalog holds it.
    public init(exactly name: String) { pieces = name.unicodeScalars.map { .one($0) } }

    init(pieces: [Piece]) { self.pieces = pieces }

    /// As a person would type it.
    public var description: String {
        if let literal { return QualifiedName.display(literal) }
        return pieces.map { piece in
            switch piece {
            case .anyRun: "*"
            case .anyOne: "?"
            case .one(let scalar): Self.isPlain(scalar) ? String(scalar) : quoteIdentifier(String(scalar))
            }
        }.joined()
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x80 || scalar == "_" || "a"..."z" ~= scalar || "0"..."9" ~= scalar
    }

    /// The name that alone matches; nil for a pattern with wildcards.
    public var literal: String? {
        var name = String.UnicodeScalarView()
        for piece in pieces {
            guard case .one(let scalar) = piece else { return nil }
            name.append(scalar)
        }
        return String(name)
    }

    public func matches(_ name: String) -> Bool {
        // Backtracks to the latest run only: what an earlier one could take instead, the latest can too.
        let name = Array(name.unicodeScalars)
        var position = 0
        var piece = 0
        var lastRun: (piece: Int, position: Int)?
        while position < name.count {
            if piece < pieces.count {
                switch pieces[piece] {
                case .anyRun:
                    lastRun = (piece, position)
                    piece += 1
                    continue
                case .anyOne:
                    piece += 1
                    position += 1
                    continue
                case .one(let scalar) where scalar == name[position]:
                    piece += 1
                    position += 1
                    continue
                case .one: break
                }
            }
            guard let run = lastRun else { return false }
            piece = run.piece + 1
            position = run.position + 1
            lastRun = (run.piece, position)
        }
        return pieces[piece...].allSatisfy { $0 == .anyRun }
    }

    /// The same as an anchored regular expression of the server (manual, 9.7.3).
    public var regularExpression: String {
        var text = String.UnicodeScalarView("^(".unicodeScalars)
        for piece in pieces {
            switch piece {
            case .anyRun: text.append(contentsOf: ".*".unicodeScalars)
            case .anyOne: text.append(".")
            case .one(let scalar):
                if !Self.isPlain(scalar), !("A"..."Z" ~= scalar) { text.append("\\") }
                text.append(scalar)
            }
        }
        text.append(contentsOf: ")$".unicodeScalars)
        return String(text)
    }
}

/// A table as a person names it: `orders`, `app.orders`, `app.*`, `"Odd Name"`.
public struct TablePattern: Hashable, Sendable, CustomStringConvertible {
    /// Nil where none was written: a command asks the search path, a selection takes any.
    public var schema: NamePattern?
    public var name: NamePattern
    /// As it was typed.
    public var description: String

    public init(exactly name: QualifiedName) {
        schema = NamePattern(exactly: name.schema)
        self.name = NamePattern(exactly: name.name)
        description = name.description
    }

    /// Every table of the schemas.
    public init(tablesOf schema: NamePattern) {
        self.init(schema: schema, name: NamePattern(pieces: [.anyRun]), description: "\(schema).*")
    }

    /// Every table of every schema.
    public static let all = TablePattern(
        schema: NamePattern(pieces: [.anyRun]), name: NamePattern(pieces: [.anyRun]), description: "*.*")

    init(schema: NamePattern?, name: NamePattern, description: String) {
        self.schema = schema
        self.name = name
        self.description = description
    }

    /// Reads one whole argument.
    ///
    /// Throws where a quote is not closed, a part is empty, there are more than two parts, or text follows.
    public init(_ text: String) throws(PostgresError) {
        var scanner = NameScanner(text)
        self = try scanner.tablePattern()
        guard scanner.isAtEnd else { throw scanner.unexpected() }
    }

    /// True where no wildcard is in it: a table of just this name is meant, and its absence is an error.
    public var isLiteral: Bool { name.literal != nil && (schema.map { $0.literal != nil } ?? true) }

    /// Without a schema: whatever the schema.
    public func matches(_ table: QualifiedName) -> Bool {
        name.matches(table.name) && (schema?.matches(table.schema) ?? true)
    }
}

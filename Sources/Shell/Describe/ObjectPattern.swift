internal import Postgres

/// A pattern after a describe command, as regular expressions of the server (manual, psql, "Patterns").
///
/// Letters are folded to lower case, `*` and `?` are wildcards, a dot separates database, schema and name; double quotes
/// switch all that off. All other characters pass as parts of a regular expression, but for `$`, which is always
/// itself, and `[]`, which belongs to an array type rather than to a bracket expression.
struct ObjectPattern: Equatable {
    /// Nil takes any name.
    private(set) var name: String?
    /// Nil takes any schema.
    private(set) var schema: String?
    /// Whether only objects are meant that the search path shows: no schema was given.
    private(set) var visibleOnly = true

    /// No pattern: all that the search path shows.
    init() {}

    /// `parts` is how many dotted parts a name of this kind has: 1 for roles, 2 for schemas (database and schema), 3 for
    /// tables. Only a name of three has a schema to split off.
    ///
    /// Throws where there are too many parts, or the database named is not `database`.
    init(_ text: String?, parts: Int, database: String) throws(PostgresError) {
        guard let text else { return }
        var scanner = Scanner(splits: parts == 3 ? 3 : 1)
        scanner.scan(text)
        if scanner.dots >= parts {
            throw PostgresError(
                "improper qualified name (too many dotted names): \(text)", sqlState: SQLState("42601"))
        }
        if parts > 1 && scanner.dots == parts - 1 && (parts < 3 || scanner.literal != database) {
            throw PostgresError(
                "cross-database references are not implemented: \(text)", sqlState: SQLState("0A000"))
        }
        var expressions = scanner.expressions.map { "^(\($0))$" }
        name = Self.constraint(expressions.removeLast())
        guard let schema = expressions.popLast() else { return }
        self.schema = Self.constraint(schema)
        visibleOnly = false
    }

    /// Nil for an expression that takes everything.
    private static func constraint(_ expression: String) -> String? {
        expression == "^(.*)$" ? nil : expression
    }

    private struct Scanner {
        /// The parts kept apart; further dots belong to the last.
        let splits: Int
        var expressions = [""]
        /// The first part, folded but with its wildcards.
        var literal = ""
        var dots = 0

        init(splits: Int) { self.splits = splits }

        mutating func scan(_ text: String) {
            let scalars = Array(text.unicodeScalars)
            var isQuoted = false
            var index = 0
            while index < scalars.count {
                let scalar = scalars[index]
                let next = index + 1 < scalars.count ? scalars[index + 1] : nil
                index += 1
                switch scalar {
                case "\"" where isQuoted && next == "\"":
                    add("\"", "\"")
                    index += 1
                case "\"": isQuoted.toggle()
                case "*" where !isQuoted: add(".*", "*")
                case "?" where !isQuoted: add(".", "?")
                case "." where !isQuoted:
                    dots += 1
                    if expressions.count < splits { expressions.append("") } else { add(".", "") }
                case "$": add("\\$", "$")
                case "A"..."Z" where !isQuoted:
                    add(scalar.properties.lowercaseMapping, scalar.properties.lowercaseMapping)
                case "|", "*", "+", "?", "(", ")", "[", "]", "{", "}", ".", "^", "\\":
                    let isEscaped = isQuoted || (scalar == "[" && next == "]")
                    add((isEscaped ? "\\" : "") + String(scalar), String(scalar))
                default: add(String(scalar), String(scalar))
                }
            }
        }

        private mutating func add(_ expression: String, _ text: String) {
            expressions[expressions.count - 1] += expression
            if dots == 0 { literal += text }
        }
    }
}

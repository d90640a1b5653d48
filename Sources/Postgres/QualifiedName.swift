/// Writes `name` as an identifier, always quoted, so that no name is folded or taken for a keyword.
public func quoteIdentifier(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

/// Writes `text` as a literal that means the same whatever standard_conforming_strings is (as `quote_literal` does).
public func quoteLiteral(_ text: String) -> String {
    let quoted = "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return quoted }
    return " E" + quoted.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
}

/// A schema's object by both its names, as the catalog holds them (unquoted).
public struct QualifiedName: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var schema: String
    public var name: String

    public init(schema: String, name: String) {
        self.schema = schema
        self.name = name
    }

    /// Always quoted and qualified, for SQL.
    public var quoted: String { quoteIdentifier(schema) + "." + quoteIdentifier(name) }

    /// For people: quoted only where the name needs it (not a plain lower-case word), never for SQL.
    public var description: String { Self.display(schema) + "." + Self.display(name) }

    public static func < (left: QualifiedName, right: QualifiedName) -> Bool {
        (left.schema, left.name) < (right.schema, right.name)
    }

    /// A name as a person would type it: quoted only where it must be.
    public static func display(_ name: String) -> String {
        let plain = name.utf8.enumerated().allSatisfy { index, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "$"): index > 0
            default: false
            }
        }
        return plain && !name.isEmpty ? name : quoteIdentifier(name)
    }
}

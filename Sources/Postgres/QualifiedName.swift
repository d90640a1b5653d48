/// Writes `name` as an identifier, always quoted, so that no name is folded or taken for a keyword.
public func quoteIdentifier(_ name: String) -> String { "\"" + doubling("\"", in: name) + "\"" }

/// Writes `text` as a literal that means the same whatever standard_conforming_strings is (as `quote_literal` does).
public func quoteLiteral(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return "'" + doubling("'", in: text) + "'" }
    return " E'" + doubling("\\", in: doubling("'", in: text)) + "'"
}

/// Writes a quote character twice wherever it stands in a text. To Swift a quote with a combining character after it is
/// another character than a quote; to a server it is not.
public func doubling(_ quote: Unicode.Scalar, in text: String) -> String {
    var doubled = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        if scalar == quote { doubled.append(scalar) }
        doubled.append(scalar)
    }
    return String(doubled)
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

    /// Equal byte by byte, as servers compare names; to Swift an é in one character is also equal to one in two.
    public static func == (left: QualifiedName, right: QualifiedName) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8) && left.schema.utf8.elementsEqual(right.schema.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for part in [schema, name] {
            for byte in part.utf8 { hasher.combine(byte) }
            hasher.combine(UInt8(0))
        }
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

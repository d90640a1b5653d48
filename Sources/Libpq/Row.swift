public import Postgres

/// One row of a result, read by column names. A missing column or a value that is not of the asked form throws: what comes
/// from outside never becomes zero.
public struct Row {
    public let result: QueryResult
    public let index: Int

    public func optionalString(_ column: String) throws(PostgresError) -> String? {
        guard let position = result.columnIndex(column) else {
            throw PostgresError("the server's answer has no column \"\(column)\"", sqlState: .protocolViolation)
        }
        return result[index, position]
    }

    public func string(_ column: String) throws(PostgresError) -> String {
        guard let value = try optionalString(column) else {
            throw PostgresError("column \"\(column)\" of the server's answer is null", sqlState: .protocolViolation)
        }
        return value
    }

    public func bool(_ column: String) throws(PostgresError) -> Bool {
        switch try string(column) {
        case "t": true
        case "f": false
        default: throw illFormed(column, "boolean")
        }
    }

    public func optionalInt(_ column: String) throws(PostgresError) -> Int? {
        try parsed(column, "integer") { Int($0) }
    }
    public func int(_ column: String) throws(PostgresError) -> Int { try present(column, optionalInt(column)) }

    public func optionalDouble(_ column: String) throws(PostgresError) -> Double? {
        try parsed(column, "number") { Double($0) }
    }

    public func optionalLSN(_ column: String) throws(PostgresError) -> LSN? { try parsed(column, "pg_lsn") { LSN($0) } }
    public func lsn(_ column: String) throws(PostgresError) -> LSN { try present(column, optionalLSN(column)) }

    public func oid(_ column: String) throws(PostgresError) -> OID {
        try present(column, parsed(column, "oid") { UInt32($0).map { OID($0) } })
    }

    /// An `xid`, as text.
    public func optionalTransactionID(_ column: String) throws(PostgresError) -> TransactionID? {
        try parsed(column, "xid") { UInt32($0).map { TransactionID($0) } }
    }
    public func transactionID(_ column: String) throws(PostgresError) -> TransactionID {
        try present(column, optionalTransactionID(column))
    }

    /// A one-dimensional `text[]`.
    public func strings(_ column: String) throws(PostgresError) -> [String] {
        try present(column, parsed(column, "text[]") { ArrayText.strings($0) })
    }

    private func parsed<Value>(_ column: String, _ type: String, _ parse: (String) -> Value?) throws(PostgresError)
        -> Value?
    {
        guard let text = try optionalString(column) else { return nil }
        guard let value = parse(text) else { throw illFormed(column, type) }
        return value
    }

    private func present<Value>(_ column: String, _ value: Value?) throws(PostgresError) -> Value {
        guard let value else {
            throw PostgresError("column \"\(column)\" of the server's answer is null", sqlState: .protocolViolation)
        }
        return value
    }

    private func illFormed(_ column: String, _ type: String) -> PostgresError {
        PostgresError(
            "column \"\(column)\" of the server's answer is not of type \(type)", sqlState: .protocolViolation)
    }
}

/// The text form of one-dimensional arrays (manual, 8.15.6).
public enum ArrayText {
    /// The elements; nil for ill-formed text, more than one dimension, or a null element.
    public static func strings(_ text: String) -> [String]? {
        var bytes = Array(text.utf8)[...]
        guard bytes.popFirst() == UInt8(ascii: "{"), bytes.popLast() == UInt8(ascii: "}") else { return nil }
        var elements: [String] = []
        while !bytes.isEmpty {
            var element: [UInt8] = []
            if bytes.first == UInt8(ascii: "\"") {
                bytes.removeFirst()
                while true {
                    guard let byte = bytes.popFirst() else { return nil }
                    if byte == UInt8(ascii: "\"") { break }
                    guard byte == UInt8(ascii: "\\") else {
                        element.append(byte)
                        continue
                    }
                    guard let escaped = bytes.popFirst() else { return nil }
                    element.append(escaped)
                }
            } else {
                while let byte = bytes.first, byte != UInt8(ascii: ",") {
                    guard byte != UInt8(ascii: "{"), byte != UInt8(ascii: "}") else { return nil }
                    element.append(byte)
                    bytes.removeFirst()
                }
                if element.elementsEqual("NULL".utf8) { return nil }
            }
            elements.append(String(decoding: element, as: UTF8.self))
            guard let separator = bytes.popFirst() else { break }
            guard separator == UInt8(ascii: ","), !bytes.isEmpty else { return nil }
        }
        return elements
    }

    /// Writes elements as an array's text, every one quoted.
    public static func text(_ elements: some Sequence<String>) -> String {
        let quoted = elements.map { element in
            var text = "\""
            for character in element.unicodeScalars {
                if character == "\"" || character == "\\" { text.unicodeScalars.append("\\") }
                text.unicodeScalars.append(character)
            }
            return text + "\""
        }
        return "{" + quoted.joined(separator: ",") + "}"
    }
}

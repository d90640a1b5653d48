public import Postgres

public typealias Row = QueryResult.Row

extension QueryResult {
    /// The rows, each read by its columns' names.
    public var rows: [Row] { (0..<rowCount).map { Row(result: self, index: $0) } }

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

        /// The name in the columns `schema` and `name`; with a prefix, in `PREFIX_schema` and `PREFIX_name`.
        public func qualifiedName(_ prefix: String? = nil) throws(PostgresError) -> QualifiedName {
            let start = prefix.map { $0 + "_" } ?? ""
            return QualifiedName(schema: try string(start + "schema"), name: try string(start + "name"))
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

        public func optionalLSN(_ column: String) throws(PostgresError) -> LSN? {
            try parsed(column, "pg_lsn") { LSN($0) }
        }
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
}

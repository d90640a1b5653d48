internal import Postgres

/// The fields that several messages share, checked as PostgreSQL's own subscriber checks them (proto.c).
extension ByteReader {
    /// A position that must be set.
    @_lifetime(self: copy self)
    mutating func lsn(_ field: StaticString) throws(DecodingError) -> LSN {
        let position = LSN(try uint64(field))
        guard position != .invalid else { throw fault("\(field)", found: "0/0", at: offset - 8) }
        return position
    }

    @_lifetime(self: copy self)
    mutating func timestamp(_ field: StaticString) throws(DecodingError) -> Timestamp {
        Timestamp(microseconds: Int64(bitPattern: try uint64(field)))
    }

    /// A transaction's number, which is never 0.
    @_lifetime(self: copy self)
    mutating func transactionID(_ field: StaticString) throws(DecodingError) -> TransactionID {
        let number = try uint32(field)
        guard number != 0 else { throw fault("\(field)", found: "0", at: offset - 4) }
        return TransactionID(number)
    }

    /// The number that messages carry inside a stream block only.
    @_lifetime(self: copy self)
    mutating func transactionID(streamed: Bool) throws(DecodingError) -> TransactionID? {
        streamed ? try transactionID("a transaction ID") : nil
    }

    @_lifetime(self: copy self)
    mutating func oid(_ field: StaticString) throws(DecodingError) -> OID { OID(try uint32(field)) }

    /// Flags of which no bit is in use.
    @_lifetime(self: copy self)
    mutating func noFlags() throws(DecodingError) {
        let flags = try uint8("flags")
        guard flags == 0 else { throw unexpected(flags, expected: "flags 0") }
    }

    /// A byte that is 0 or 1.
    @_lifetime(self: copy self)
    mutating func flag(_ field: StaticString) throws(DecodingError) -> Bool {
        let byte = try uint8(field)
        guard byte <= 1 else { throw unexpected(byte, expected: "\(field), 0 or 1") }
        return byte == 1
    }

    /// A schema and a name; the empty schema stands for pg_catalog.
    @_lifetime(self: copy self)
    mutating func qualifiedName() throws(DecodingError) -> QualifiedName {
        let schema = try string("a schema name")
        return QualifiedName(schema: schema.isEmpty ? "pg_catalog" : schema, name: try string("a name"))
    }
}

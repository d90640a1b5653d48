public import Postgres

extension Message {
    /// A table's description. It comes before the table's first row in a session, and again whenever it may have changed.
    public struct Relation: Hashable, Sendable {
        public struct Column: Hashable, Sendable {
            /// Part of the replica identity; under FULL every column is.
            public var isKey: Bool
            public var name: String
            /// The OID of the type in the source; it means nothing elsewhere.
            public var typeOID: OID
            /// `atttypmod`; -1 for none.
            public var typeModifier: Int32
        }

        /// Set within stream blocks only: the transaction of the row that follows, which may be a subtransaction.
        public var xid: TransactionID?
        public var id: OID
        public var name: QualifiedName
        public var replicaIdentity: ReplicaIdentity
        /// Published columns, without generated ones unless the publication (18 and later) has them.
        public var columns: [Column]

        init(from reader: inout ByteReader, streamed: Bool) throws(DecodingError) {
            xid = try reader.transactionID(streamed: streamed)
            id = try reader.oid("a relation OID")
            name = try reader.qualifiedName()
            let letter = try reader.uint8("a replica identity")
            guard let identity = ReplicaIdentity(rawValue: letter) else {
                throw reader.unexpected(letter, expected: "a replica identity (d, n, f or i)")
            }
            replicaIdentity = identity
            let count = Int(try reader.uint16("a column count"))
            // Flags, an empty name, the type's OID and modifier: no column takes less.
            guard count <= reader.remaining / 10 else {
                throw reader.fault(
                    "a column count from 0 to \(reader.remaining / 10)", found: String(count), at: reader.offset - 2)
            }
            columns = []
            columns.reserveCapacity(count)
            for _ in 0..<count {
                columns.append(
                    Column(
                        isKey: try reader.flag("column flags"),
                        name: try reader.string("a column name"),
                        typeOID: try reader.oid("a type OID"),
                        typeModifier: Int32(bitPattern: try reader.uint32("a type modifier"))))
            }
        }
    }

    /// The name of a type that a relation's column has and that is not built in. For a domain the OID is the domain's, the
    /// name its base type's (`logicalrep_write_typ`).
    public struct TypeName: Hashable, Sendable {
        /// Set within stream blocks only.
        public var xid: TransactionID?
        public var id: OID
        public var name: QualifiedName

        init(from reader: inout ByteReader, streamed: Bool) throws(DecodingError) {
            xid = try reader.transactionID(streamed: streamed)
            id = try reader.oid("a type OID")
            name = try reader.qualifiedName()
        }
    }
}

public import Postgres

extension Message {
    /// The columns that the old tuple holds.
    public enum OldTuple: Sendable {
        /// The replica identity's columns; the others are null and mean nothing.
        case key
        /// The whole row (REPLICA IDENTITY FULL).
        case full
    }

    /// A new row, in the decoder's `newTuple`.
    public struct Insert: Hashable, Sendable {
        /// Set within stream blocks only, as in the messages below.
        public var xid: TransactionID?
        public var relation: OID

        init(from reader: inout ByteReader, streamed: Bool, new: inout Tuple) throws(DecodingError) {
            xid = try reader.transactionID(streamed: streamed)
            relation = try reader.oid("a relation OID")
            let tag = try reader.uint8("a tuple")
            guard tag == UInt8(ascii: "N") else { throw reader.unexpected(tag, expected: "a new tuple (N)") }
            try new.read(from: &reader)
        }
    }

    /// A changed row: the new one in the decoder's `newTuple`, and in `oldTuple` what `old` says.
    public struct Update: Hashable, Sendable {
        public var xid: TransactionID?
        public var relation: OID
        /// nil where the key did not change: the new row then has it. `oldTuple` is empty.
        public var old: OldTuple?

        init(from reader: inout ByteReader, streamed: Bool, new: inout Tuple, old: inout Tuple) throws(DecodingError) {
            xid = try reader.transactionID(streamed: streamed)
            relation = try reader.oid("a relation OID")
            var tag = try reader.uint8("a tuple")
            self.old = OldTuple(tag)
            if self.old == nil {
                old.clear()
            } else {
                try old.read(from: &reader)
                tag = try reader.uint8("a tuple")
            }
            guard tag == UInt8(ascii: "N") else {
                throw reader.unexpected(
                    tag, expected: self.old == nil ? "an old or new tuple (K, O or N)" : "a new tuple (N)")
            }
            let start = reader.offset
            try new.read(from: &reader)
            guard self.old == nil || old.count == new.count else {
                throw reader.fault("\(old.count) columns as in the old tuple", found: String(new.count), at: start)
            }
        }
    }

    /// A removed row, of which the decoder's `oldTuple` has what `old` says.
    public struct Delete: Hashable, Sendable {
        public var xid: TransactionID?
        public var relation: OID
        public var old: OldTuple

        init(from reader: inout ByteReader, streamed: Bool, old: inout Tuple) throws(DecodingError) {
            xid = try reader.transactionID(streamed: streamed)
            relation = try reader.oid("a relation OID")
            let tag = try reader.uint8("a tuple")
            guard let kind = OldTuple(tag) else { throw reader.unexpected(tag, expected: "an old tuple (K or O)") }
            self.old = kind
            try old.read(from: &reader)
        }
    }

    /// Tables emptied by one statement.
    public struct Truncate: Hashable, Sendable {
        public var xid: TransactionID?
        /// One at least; those that CASCADE reached are among them.
        public var relations: [OID]
        public var cascade: Bool
        public var restartIdentity: Bool

        init(from reader: inout ByteReader, streamed: Bool) throws(DecodingError) {
            xid = try reader.transactionID(streamed: streamed)
            // The flags stand between the count and what it counts.
            let start = reader.offset
            let count = Int(Int32(bitPattern: try reader.uint32("a relation count")))
            let flags = try reader.uint8("TRUNCATE flags")
            guard flags <= 3 else { throw reader.unexpected(flags, expected: "TRUNCATE flags from 0 to 3") }
            guard count >= 1, count <= reader.remaining / 4 else {
                throw reader.fault(
                    "a relation count that \(reader.remaining) bytes hold", found: String(count), at: start)
            }
            cascade = flags & 1 != 0
            restartIdentity = flags & 2 != 0
            relations = []
            relations.reserveCapacity(count)
            for _ in 0..<count { relations.append(try reader.oid("a relation OID")) }
        }
    }
}

extension Message.OldTuple {
    init?(_ tag: UInt8) {
        switch tag {
        case UInt8(ascii: "K"): self = .key
        case UInt8(ascii: "O"): self = .full
        default: return nil
        }
    }
}

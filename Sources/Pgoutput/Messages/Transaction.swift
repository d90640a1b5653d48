public import Postgres

extension Message {
    /// The beginning of a transaction that has committed.
    public struct Begin: Hashable, Sendable {
        /// The position of its commit record: the `commitLSN` of the COMMIT to come.
        public var finalLSN: LSN
        public var commitTime: Timestamp
        public var xid: TransactionID

        init(from reader: inout ByteReader) throws(DecodingError) {
            finalLSN = try reader.lsn("a final LSN")
            commitTime = try reader.timestamp("a commit time")
            xid = try reader.transactionID("a transaction ID")
        }
    }

    /// The end of a transaction.
    public struct Commit: Hashable, Sendable {
        /// The position of the commit record, which identifies the transaction.
        public var commitLSN: LSN
        /// The position after it: what is acknowledged once the transaction is durable.
        public var endLSN: LSN
        public var commitTime: Timestamp

        init(from reader: inout ByteReader) throws(DecodingError) {
            try reader.noFlags()
            commitLSN = try reader.lsn("a commit LSN")
            endLSN = try reader.lsn("an end LSN")
            commitTime = try reader.timestamp("a commit time")
        }
    }

    /// The transaction first committed on another server; follows BEGIN or STREAM START.
    public struct Origin: Hashable, Sendable {
        /// Of its commit there; invalid in a stream block, since it is not known yet.
        public var commitLSN: LSN
        public var name: String

        init(from reader: inout ByteReader) throws(DecodingError) {
            commitLSN = LSN(try reader.uint64("an origin LSN"))
            name = try reader.string("an origin name")
        }
    }

    /// A message that `pg_logical_emit_message()` wrote.
    public struct LogicalMessage: Hashable, Sendable {
        /// Set within stream blocks only.
        public var xid: TransactionID?
        /// A message that is not transactional comes outside of transactions, and may come again after a reconnection.
        public var isTransactional: Bool
        public var lsn: LSN
        public var prefix: String
        /// The place of its content in the buffer that was decoded.
        public var content: Range<Int>

        init(from reader: inout ByteReader, streamed: Bool) throws(DecodingError) {
            xid = try reader.transactionID(streamed: streamed)
            isTransactional = try reader.flag("flags")
            lsn = LSN(try reader.uint64("a message LSN"))
            prefix = try reader.string("a prefix")
            content = try reader.skip(try reader.count("a content length"), "content")
        }
    }
}

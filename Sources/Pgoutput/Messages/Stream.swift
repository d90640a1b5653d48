public import Postgres

extension Message {
    /// The beginning of a block of a transaction that is still in progress; the block ends with STREAM STOP.
    public struct StreamStart: Hashable, Sendable {
        /// The top-level transaction's.
        public var xid: TransactionID
        /// The transaction's first block in this session.
        public var isFirst: Bool

        init(from reader: inout ByteReader) throws(DecodingError) {
            xid = try reader.transactionID("a transaction ID")
            isFirst = try reader.flag("a first-block flag")
        }
    }

    /// A streamed transaction has committed: all its blocks count now.
    public struct StreamCommit: Hashable, Sendable {
        public var xid: TransactionID
        public var commitLSN: LSN
        public var endLSN: LSN
        public var commitTime: Timestamp

        init(from reader: inout ByteReader) throws(DecodingError) {
            xid = try reader.transactionID("a transaction ID")
            try reader.noFlags()
            commitLSN = try reader.lsn("a commit LSN")
            endLSN = try reader.lsn("an end LSN")
            commitTime = try reader.timestamp("a commit time")
        }
    }

    /// A streamed transaction was rolled back, wholly or in the part that is one subtransaction's.
    public struct StreamAbort: Hashable, Sendable {
        public var xid: TransactionID
        /// The same as `xid` for the whole transaction. A subtransaction's own subtransactions have messages of their own.
        public var subxid: TransactionID
        /// Set with `streaming = parallel` only.
        public var abortLSN: LSN?
        public var abortTime: Timestamp?

        init(from reader: inout ByteReader, carriesPosition: Bool) throws(DecodingError) {
            xid = try reader.transactionID("a transaction ID")
            subxid = try reader.transactionID("a subtransaction ID")
            abortLSN = carriesPosition ? LSN(try reader.uint64("an abort LSN")) : nil
            abortTime = carriesPosition ? try reader.timestamp("an abort time") : nil
        }
    }
}

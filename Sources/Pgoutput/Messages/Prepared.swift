public import Postgres

extension Message {
    /// A transaction that PREPARE TRANSACTION ended. BEGIN PREPARE says so at its beginning, PREPARE at its end; STREAM
    /// PREPARE ends one that was streamed. All three carry the same fields, the last two after a byte of flags.
    public struct Prepare: Hashable, Sendable {
        /// The position of the prepare record.
        public var prepareLSN: LSN
        public var endLSN: LSN
        public var prepareTime: Timestamp
        public var xid: TransactionID
        /// The name that PREPARE TRANSACTION gave it.
        public var gid: String

        init(from reader: inout ByteReader, hasFlags: Bool) throws(DecodingError) {
            if hasFlags { try reader.noFlags() }
            prepareLSN = try reader.lsn("a prepare LSN")
            endLSN = try reader.lsn("an end LSN")
            prepareTime = try reader.timestamp("a prepare time")
            xid = try reader.transactionID("a transaction ID")
            gid = try reader.string("a transaction identifier")
        }
    }

    /// COMMIT PREPARED. It may come in a later session than the transaction, and twice.
    public struct CommitPrepared: Hashable, Sendable {
        public var commitLSN: LSN
        public var endLSN: LSN
        public var commitTime: Timestamp
        public var xid: TransactionID
        public var gid: String

        init(from reader: inout ByteReader) throws(DecodingError) {
            try reader.noFlags()
            commitLSN = try reader.lsn("a commit LSN")
            endLSN = try reader.lsn("an end LSN")
            commitTime = try reader.timestamp("a commit time")
            xid = try reader.transactionID("a transaction ID")
            gid = try reader.string("a transaction identifier")
        }
    }

    /// ROLLBACK PREPARED.
    public struct RollbackPrepared: Hashable, Sendable {
        /// The position after the prepare record: a subscriber that has not got that far never saw the transaction.
        public var prepareEndLSN: LSN
        /// The position after the rollback's record.
        public var rollbackEndLSN: LSN
        public var prepareTime: Timestamp
        public var rollbackTime: Timestamp
        public var xid: TransactionID
        public var gid: String

        init(from reader: inout ByteReader) throws(DecodingError) {
            try reader.noFlags()
            prepareEndLSN = try reader.lsn("a prepare end LSN")
            rollbackEndLSN = try reader.lsn("a rollback end LSN")
            prepareTime = try reader.timestamp("a prepare time")
            rollbackTime = try reader.timestamp("a rollback time")
            xid = try reader.transactionID("a transaction ID")
            gid = try reader.string("a transaction identifier")
        }
    }
}

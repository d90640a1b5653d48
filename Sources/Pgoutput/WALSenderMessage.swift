public import Postgres

/// A message of a walsender inside CopyData (manual, 55.4 "Streaming Replication Protocol", START_REPLICATION).
public enum WALSenderMessage: Hashable, Sendable {
    case xlogData(XLogData)
    case keepalive(PrimaryKeepalive)

    /// A piece of WAL; in logical replication, one message of the output plugin.
    public struct XLogData: Hashable, Sendable {
        /// Where the piece begins; invalid where the plugin's message has no position of its own.
        public var start: LSN
        /// In logical replication the same as `start`.
        public var end: LSN
        /// The server's clock.
        public var sendTime: Timestamp
        /// Where the piece begins in the buffer that was decoded; it takes the rest.
        public var payload: Int
    }

    /// A sign of life.
    public struct PrimaryKeepalive: Hashable, Sendable {
        /// The end of WAL on the server; all before it that concerns this session has been sent.
        public var walEnd: LSN
        /// The server's clock.
        public var sendTime: Timestamp
        /// The server wants a `StandbyStatusUpdate` at once, or else will close the connection in time.
        public var replyRequested: Bool
    }

    /// Decodes one CopyData payload.
    public init(decoding bytes: RawSpan) throws(DecodingError) {
        var reader = ByteReader(bytes)
        let byte = try reader.uint8("a message type")
        switch byte {
        case UInt8(ascii: "w"):
            self = .xlogData(
                XLogData(
                    start: LSN(try reader.uint64("a start LSN")), end: LSN(try reader.uint64("an end LSN")),
                    sendTime: try reader.timestamp("a send time"), payload: reader.offset))
        case UInt8(ascii: "k"):
            self = .keepalive(
                PrimaryKeepalive(
                    walEnd: LSN(try reader.uint64("the end of WAL")), sendTime: try reader.timestamp("a send time"),
                    replyRequested: try reader.flag("a reply request")))
            try reader.end()
        default:
            throw reader.unexpected(byte, expected: "XLogData (w) or a keepalive (k)")
        }
    }
}

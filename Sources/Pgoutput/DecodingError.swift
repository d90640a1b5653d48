public import Postgres

/// Bytes from the server that are not what the protocol allows at that place. It names no value of a row: only places,
/// counts and the protocol's own letters.
public struct DecodingError: Error, Hashable, Sendable {
    /// The message that was being read, as PostgreSQL names it (`INSERT`); nil before its first byte was recognized.
    public var message: String?
    /// Where the fault is, in bytes from the beginning of the buffer that was given; never beyond its end.
    public var offset: Int
    /// How long that buffer is, in bytes.
    public var length: Int
    /// The form that the protocol has there: a noun phrase.
    public var expected: String
    /// The bytes that were there instead: a noun phrase.
    public var found: String

    public init(message: String? = nil, offset: Int, length: Int, expected: String, found: String) {
        self.message = message
        self.offset = offset
        self.length = length
        self.expected = expected
        self.found = found
    }
}

extension PostgresError {
    /// The error that people see: SQLSTATE 08P01, not to be retried, since the same bytes would come again.
    public init(_ error: DecodingError) {
        let message = error.message.map { "invalid \($0) message in the replication stream" }
        self.init(
            message ?? "invalid message in the replication stream",
            detail: "Expected \(error.expected) at byte \(error.offset) of \(error.length), found \(error.found).",
            hint: "Connect to the source directly, not through a pooler or proxy. "
                + "If the server is newer than this program, install a newer version of the program.",
            sqlState: .protocolViolation)
    }
}

/// What START_REPLICATION asked of pgoutput, as far as the form of the messages depends on it (manual, 55.5.1 "Logical
/// Streaming Replication Parameters").
public struct ProtocolOptions: Hashable, Sendable {
    /// `proto_version`.
    public enum Version: Int, Comparable, Sendable, CaseIterable {
        case v1 = 1
        /// Transactions in progress are streamed (PostgreSQL 14).
        case v2
        /// Two-phase commit (PostgreSQL 15).
        case v3
        /// Streams for parallel apply (PostgreSQL 16).
        case v4

        public static func < (left: Version, right: Version) -> Bool { left.rawValue < right.rawValue }
    }

    /// `streaming`: whether large transactions come before they commit.
    public enum Streaming: Sendable {
        case off
        case on
        /// As `on`; STREAM ABORT then carries position and time. From version 4.
        case parallel
    }

    public var version: Version
    public var streaming: Streaming

    public init(version: Version, streaming: Streaming = .off) {
        self.version = version
        self.streaming = streaming
    }

    var streams: Bool { version >= .v2 && streaming != .off }
    var abortsCarryPosition: Bool { version >= .v4 && streaming == .parallel }
}

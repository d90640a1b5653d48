public import Postgres

/// The options of START_REPLICATION for pgoutput, as far as the form of the messages depends on them (manual, 55.5.1
/// "Logical Streaming Replication Parameters").
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

    /// The options to ask of a server: the lowest version that has what is wanted, so that nothing else comes. Options
    /// that the server is too old for are left out: streaming comes with PostgreSQL 14, two-phase commit with 15,
    /// `parallel` with 16 (before, it is `on`).
    ///
    /// - Parameters:
    ///   - streaming: whether large transactions shall come before they commit.
    ///   - twoPhase: whether prepared transactions shall come when they are prepared. They do where `version` is 3 or more.
    public init(server: ServerVersion, streaming: Streaming = .off, twoPhase: Bool = false) {
        self.streaming =
            switch streaming {
            case .parallel where server.major >= 16: .parallel
            case .on where server.major >= 14, .parallel where server.major >= 14: .on
            case .off, .on, .parallel: .off
            }
        version =
            if self.streaming == .parallel {
                .v4
            } else if twoPhase, server.major >= 15 {
                .v3
            } else if self.streaming == .on {
                .v2
            } else {
                .v1
            }
    }

    var streams: Bool { version >= .v2 && streaming != .off }
    var abortsCarryPosition: Bool { version >= .v4 && streaming == .parallel }
}

/// An object identifier; means the same object only within one database of one cluster.
public struct OID: Hashable, Sendable, CustomStringConvertible {
    public var value: UInt32
    public init(_ value: UInt32) { self.value = value }
    public var description: String { String(value) }
}

/// A 32-bit transaction number, as the replication protocol carries it.
public struct TransactionID: Hashable, Sendable, CustomStringConvertible {
    public var value: UInt32
    public init(_ value: UInt32) { self.value = value }
    public var description: String { String(value) }
}

/// A time as PostgreSQL counts it: microseconds since 2000-01-01 00:00 UTC (`TimestampTz`).
public struct Timestamp: Hashable, Comparable, Sendable {
    public var microseconds: Int64
    public init(microseconds: Int64) { self.microseconds = microseconds }
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    /// Seconds between the Unix epoch and PostgreSQL's (`POSTGRES_EPOCH_JDATE`).
    public static let unixOffsetSeconds: Int64 = 946_684_800
}

/// A server's version number as `server_version_num` gives it: 150018 is 15.18.
public struct ServerVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var number: Int
    public init(_ number: Int) { self.number = number }

    /// 10 and later: the major version is all before the last four digits.
    public var major: Int { number / 10_000 }
    public var description: String { "\(major).\(number % 10_000)" }
    public static func < (left: ServerVersion, right: ServerVersion) -> Bool { left.number < right.number }
}

/// Which columns of an old row the WAL carries (`pg_class.relreplident`).
public enum ReplicaIdentity: UInt8, Sendable {
    case `default` = 0x64  // d
    case nothing = 0x6E  // n
    case full = 0x66  // f
    case index = 0x69  // i

    /// Reads the catalog's letter; nil for an unknown one.
    public init?(_ letter: String) {
        guard letter.utf8.count == 1, let byte = letter.utf8.first else { return nil }
        self.init(rawValue: byte)
    }

    public var name: String {
        switch self {
        case .default: "default"
        case .nothing: "nothing"
        case .full: "full"
        case .index: "index"
        }
    }
}

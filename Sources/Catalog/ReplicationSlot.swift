internal import Libpq
public import Postgres
internal import Scripts

/// A replication slot: a promise of the server to keep the WAL from `restartLSN` on.
public struct ReplicationSlot: Hashable, Sendable {
    /// The session that reads a slot at the moment. One's privileges decide how much of another role's session is
    /// shown.
    public struct Holder: Hashable, Sendable {
        public var processID: Int
        public var user: String?
        public var application: String?
        public var address: String?
    }

    /// `pg_replication_slots.wal_status` (13 and later).
    public enum WALStatus: String, Sendable {
        /// Within max_wal_size.
        case reserved
        /// Beyond it, still kept.
        case extended
        /// Beyond max_slot_wal_keep_size: gone at the next checkpoint.
        case unreserved
        /// Files that the slot needs are gone; it cannot be used again.
        case lost
    }

    public var name: String
    /// Nil for a physical slot.
    public var plugin: String?
    public var isLogical: Bool
    /// Nil for a physical slot.
    public var database: String?
    public var isTemporary: Bool
    public var isActive: Bool
    /// Nil where no one reads it.
    public var holder: Holder?
    public var restartLSN: LSN?
    public var confirmedFlushLSN: LSN?
    /// Nil before 13, and for a slot that keeps nothing.
    public var walStatus: WALStatus?
    /// Bytes that may still be written before the slot is in danger; nil before 13 and without a limit.
    public var safeWALSize: Int?
    /// Bytes of WAL that the slot retains; nil where it retains none.
    public var retainedBytes: Int?
    /// Bytes of WAL that its consumer has not confirmed; nil for a physical slot.
    public var lagBytes: Int?
    public var isTwoPhase: Bool
    /// Why the server gave the slot up (17 and later).
    public var invalidationReason: String?

    public init(
        name: String, plugin: String?, isLogical: Bool, database: String?, isTemporary: Bool, isActive: Bool,
        holder: Holder?, restartLSN: LSN?, confirmedFlushLSN: LSN?, walStatus: WALStatus?, safeWALSize: Int?,
        retainedBytes: Int?, lagBytes: Int?, isTwoPhase: Bool, invalidationReason: String?
    ) {
        self.name = name
        self.plugin = plugin
        self.isLogical = isLogical
        self.database = database
        self.isTemporary = isTemporary
        self.isActive = isActive
        self.holder = holder
        self.restartLSN = restartLSN
        self.confirmedFlushLSN = confirmedFlushLSN
        self.walStatus = walStatus
        self.safeWALSize = safeWALSize
        self.retainedBytes = retainedBytes
        self.lagBytes = lagBytes
        self.isTwoPhase = isTwoPhase
        self.invalidationReason = invalidationReason
    }

    /// The server has given the slot up: its consumer cannot go on.
    public var isLost: Bool { walStatus == .lost || invalidationReason != nil }
}

extension ReplicationSlot.Holder: CustomStringConvertible {
    /// `pid 4711 (scry-backfill, user scry_replication, 10.0.0.7)`.
    public var description: String {
        var known: [String] = []
        if let application, !application.isEmpty { known.append(application) }
        if let user { known.append("user \(user)") }
        if let address { known.append(address) }
        return "pid \(processID)" + (known.isEmpty ? "" : " (\(known.joined(separator: ", ")))")
    }
}

extension CatalogReader {
    /// The slots of the server (of all its databases) that a pattern names; with `nil` all. Ordered by name.
    public func replicationSlots(matching pattern: NamePattern? = nil) throws(PostgresError) -> [ReplicationSlot] {
        var slots: [ReplicationSlot] = []
        for row in try read(.catalogSlots, [pattern?.regularExpression]).rows {
            slots.append(try ReplicationSlot(row))
        }
        return slots
    }

    /// The slot of just this name.
    public func replicationSlot(_ name: String) throws(PostgresError) -> ReplicationSlot? {
        try replicationSlots(matching: NamePattern(exactly: name)).first
    }
}

extension ReplicationSlot {
    init(_ row: Row) throws(PostgresError) {
        let holder: Holder? =
            switch try row.optionalInt("active_pid") {
            case let processID?:
                Holder(
                    processID: processID, user: try row.optionalString("holder_user"),
                    application: try row.optionalString("holder_application"),
                    address: try row.optionalString("holder_address"))
            case nil: nil
            }
        let walStatus: WALStatus? = try row.optionalString("wal_status") == nil ? nil : row.letter("wal_status")
        self.init(
            name: try row.string("name"), plugin: try row.optionalString("plugin"),
            isLogical: try row.string("type") == "logical", database: try row.optionalString("database"),
            isTemporary: try row.bool("temporary"), isActive: try row.bool("active"), holder: holder,
            restartLSN: try row.optionalLSN("restart_lsn"),
            confirmedFlushLSN: try row.optionalLSN("confirmed_flush_lsn"), walStatus: walStatus,
            safeWALSize: try row.optionalInt("safe_wal_size"), retainedBytes: try row.optionalInt("retained_bytes"),
            lagBytes: try row.optionalInt("lag_bytes"), isTwoPhase: try row.bool("two_phase"),
            invalidationReason: try row.optionalString("invalidation_reason"))
    }
}

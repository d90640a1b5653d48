internal import Catalog
internal import Postgres

/// The part of `\slots --json` and `\wal --json` that is the same for a slot.
struct SlotWAL: Encodable, Sendable {
    private let name: String
    private let active: Bool
    private let walStatus: OrNull<String>
    private let retainedBytes: OrNull<Int>
    /// Bytes.
    private let safeWALSize: OrNull<Int>

    init(_ slot: ReplicationSlot) {
        name = slot.name
        active = slot.isActive
        walStatus = OrNull(slot.walStatus?.rawValue)
        retainedBytes = OrNull(slot.retainedBytes)
        safeWALSize = OrNull(slot.safeWALSize)
    }

    private enum CodingKeys: String, CodingKey {
        case name, active
        case walStatus = "wal_status"
        case retainedBytes = "retained_bytes"
        case safeWALSize = "safe_wal_size"
    }
}

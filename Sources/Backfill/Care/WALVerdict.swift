internal import Catalog
internal import Postgres

/// The errors with which the WAL monitor ends the engine; what is lost, an attempt finds too.
enum WALVerdict {
    /// What to do about changes that are lost.
    static let again =
        "The tables must be copied again: \\backfill resync --all, then \\backfill start, which makes a new slot."

    private static func held(_ slot: ReplicationSlot?) -> String { byteText(slot?.retainedBytes ?? 0) }

    static func stopped(_ settings: JobSettings, _ slot: ReplicationSlot?) -> PostgresError {
        PostgresError(
            "stopped, as slot \"\(settings.slot)\" holds back \(held(slot)) of WAL, more than max_wal_bytes_critical",
            detail: "The slot is kept, and goes on holding WAL back on the source.",
            hint:
                "To go on from here: \\backfill start, which lets it catch up. To free the WAL: \\slot drop \(settings.slot); the tables must be copied again then.",
            sqlState: .configurationLimitExceeded)
    }

    static func dropped(_ settings: JobSettings, _ slot: ReplicationSlot?) -> PostgresError {
        PostgresError(
            "slot \"\(settings.slot)\" was dropped, as it held back \(held(slot)) of WAL, more than max_wal_bytes_critical",
            detail: "The changes that the shadow had not got yet are lost with it.", hint: again,
            sqlState: .configurationLimitExceeded)
    }

    static func notDropped(
        _ settings: JobSettings, _ slot: ReplicationSlot?, _ failure: PostgresError
    ) -> PostgresError {
        PostgresError(
            "slot \"\(settings.slot)\" holds back \(held(slot)) of WAL and could not be dropped: \(failure.message)",
            hint: "Drop it before the source's disk is full: \\slot drop \(settings.slot)",
            sqlState: .configurationLimitExceeded)
    }

    static func lost(_ slot: ReplicationSlot) -> PostgresError {
        PostgresError(
            "replication slot \"\(slot.name)\" can't be used: the source has removed log that it needs",
            detail: slot.invalidationReason.map { "Reason: \($0)." },
            hint: "\(again) Raise max_slot_wal_keep_size so that it does not happen again."
        )
    }
}

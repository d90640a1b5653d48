public import Postgres

// Faults on the source: in the slot, the publication, the tables.
extension JobFault {
    // MARK: The slot

    /// Why a slot is lost: shown wherever such a slot is.
    public static let walIsGone = "the server has removed WAL that it needs"

    /// - Parameter reason: the server's invalidation_reason, from 16 on.
    public static func slotIsLost(_ slot: String, reason: String?) -> PostgresError {
        PostgresError(
            "replication slot \"\(slot)\" cannot be used: \(walIsGone)", detail: reason.map { "Reason: \($0)." },
            hint: "\(copyAnew) Raise max_slot_wal_keep_size so that it does not happen again.")
    }

    public static func slotIsGone(_ slot: String, applied: LSN) -> PostgresError {
        PostgresError(
            "replication slot \"\(slot)\" does not exist any more",
            detail: "The changes since \(applied) are lost with it.", hint: copyAnew, sqlState: .undefinedObject)
    }

    public static func slotHasMovedOn(_ slot: String, to position: LSN, applied: LSN) -> PostgresError {
        PostgresError(
            "replication slot \"\(slot)\" has moved past the job",
            detail:
                "The slot is at \(position), the shadow at \(applied): something else used the slot, or it was created anew.",
            hint: copyAnew)
    }

    /// Passes by itself.
    public static func slotIsBeingCreated(_ slot: String, by holder: String) -> PostgresError {
        PostgresError(
            "replication slot \"\(slot)\" is being created by another session", detail: "It is \(holder).",
            hint: "The server waits for the transactions that run; long ones delay it.", sqlState: .objectInUse)
    }

    public static func slotIsInUse(_ slot: String) -> PostgresError {
        PostgresError("slot \"\(slot)\" is in use", hint: "See \\slots for who holds it.", sqlState: .objectInUse)
    }

    // MARK: Actions of the WAL monitor

    /// - Parameter retained: the bytes of WAL that the slot retains.
    public static func stoppedForWAL(_ slot: String, retained: Int) -> PostgresError {
        PostgresError(
            "stopped, as slot \"\(slot)\" retains \(byteText(retained)) of WAL, more than max_wal_bytes_critical",
            detail: "The slot is kept, and goes on retaining WAL on the source.",
            hint:
                "To go on from here: \\backfill start, which lets it catch up. To free the WAL: \\slot drop \(slot); the tables must be copied again then.",
            sqlState: .configurationLimitExceeded)
    }

    public static func droppedForWAL(_ slot: String, retained: Int) -> PostgresError {
        PostgresError(
            "slot \"\(slot)\" was dropped, as it retained \(byteText(retained)) of WAL, more than max_wal_bytes_critical",
            detail: "The changes that the shadow had not received yet are lost with it.", hint: copyAnew,
            sqlState: .configurationLimitExceeded)
    }

    public static func notDroppedForWAL(_ slot: String, retained: Int, _ failure: PostgresError) -> PostgresError {
        PostgresError(
            "slot \"\(slot)\" retains \(byteText(retained)) of WAL and could not be dropped: \(failure.message)",
            hint: "Drop it before the source's disk is full: \\slot drop \(slot)", sqlState: .configurationLimitExceeded
        )
    }

    // MARK: The publication

    public static func publicationIsGone(_ publication: String) -> PostgresError {
        PostgresError(
            "publication \"\(publication)\" does not exist any more",
            hint: "Create it again with \\publish TABLE …", sqlState: .undefinedObject)
    }

    /// The mode cdc makes none, as changes would be missing.
    public static func noPublicationToFollow(_ publication: String) -> PostgresError {
        PostgresError(
            "publication \"\(publication)\" does not exist",
            hint: "Create it with \\publish TABLE … before the changes are followed.", sqlState: .undefinedObject)
    }

    public static func publicationIsEmpty(_ publication: String) -> PostgresError {
        PostgresError(
            "publication \"\(publication)\" has no tables", hint: "Add some with \\publish TABLE …",
            sqlState: .undefinedTable)
    }

    // MARK: Tables

    public static func nothingToFollow() -> PostgresError {
        PostgresError(
            "there is no table to follow",
            hint: "Check include_tables and exclude_tables, and that you are connected to the right database.",
            sqlState: .undefinedTable)
    }

    public static func missingOnSource(_ tables: some Sequence<QualifiedName>) -> PostgresError {
        PostgresError(
            "the source has no table \(tables.sorted().map(\.description).joined(separator: ", "))",
            hint: "It was dropped or renamed, or the role may not see it. \\backfill reset begins anew.",
            sqlState: .undefinedTable)
    }

    /// - Parameters:
    ///   - columns: that hold values of more than 250 MB.
    ///   - state: the server's.
    public static func valueIsTooLong(_ table: QualifiedName, columns: [String], _ state: SQLState) -> PostgresError {
        let names = columns.map(QualifiedName.display).joined(separator: ", ")
        return PostgresError(
            "table \(table) has a value whose text is too long to be copied",
            detail: columns.isEmpty ? nil : "Columns with values of more than 250 MB: \(names).",
            hint:
                "A row as text may take 1 GB (a bytea takes twice its size). Shorten the value, or leave the table out: exclude_tables, \\unpublish \(table).",
            sqlState: state)
    }

    /// `on_schema_change` is `stop`.
    public static func schemaChangeStops(_ table: QualifiedName, _ change: String) -> PostgresError {
        PostgresError(
            "the schema of \(table) was changed on the source, and on_schema_change is stop",
            detail: "The source \(change). Nothing was applied that came after it.",
            hint:
                "\\backfill resync \(table), then \\backfill start, copies it again with the columns that it has now. With on_schema_change = \"follow\", \\backfill start makes the change in the shadow.",
            sqlState: .notInPrerequisiteState)
    }

    /// A job that copies nothing cannot bring the rows of a changed table.
    public static func schemaChanged(_ table: QualifiedName, _ change: String) -> PostgresError {
        PostgresError(
            "table \(table) was changed on the source so that its rows must be copied again",
            detail: "There \(change). This job copies no rows by itself.",
            hint: "Have it copied: \\backfill resync \(table), then \\backfill start.",
            sqlState: .notInPrerequisiteState)
    }

    /// The shadow's table has no room for the rows to come.
    public static func notFollowable(
        _ table: QualifiedName, _ statement: String, _ cause: PostgresError
    ) -> PostgresError {
        PostgresError(
            "a change of \(table) on the source cannot be made in the shadow: \(cause.message)",
            detail: "It was: \(statement). Nothing was applied that came after it."
                + (cause.detail.map { " " + $0 } ?? ""),
            hint: "Remove what is in the way in the shadow, then \\backfill start.", sqlState: cause.sqlState)
    }
}

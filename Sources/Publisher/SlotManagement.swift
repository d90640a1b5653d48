public import Catalog
internal import Job
internal import Libpq
public import Postgres
internal import Scripts

/// A transaction that a new logical slot waits for (manual, 49.2.3): until it ends, decoding cannot begin.
public struct SlotBlocker: Hashable, Sendable, CustomStringConvertible {
    /// For people: who, where, since when.
    public let description: String
    /// The SQL that ends it; a prepared transaction's in its own database.
    public let remedy: String
}

extension Source {
    /// Makes a logical slot of pgoutput in this database. Waits until all transactions that write have ended.
    ///
    /// Returns false where just such a slot is there already. Throws where the name belongs to another kind of slot, with the
    /// server's error, and 57014 where it waited for `milliseconds` (nil: without limit); there is no slot then.
    public func createSlot(_ name: String, milliseconds: Int? = nil) throws(PostgresError) -> Bool {
        if let existing = try replicationSlot(name) {
            guard existing.isLogical, existing.plugin == "pgoutput", existing.database == database, !existing.isLost
            else {
                let what =
                    !existing.isLogical
                    ? "physical"
                    : existing.isLost
                        ? "lost: \(JobFault.walIsGone)"
                        : existing.database != database
                            ? "of database \"\(existing.database ?? "")\"" : "of plugin \(existing.plugin ?? "")"
                throw PostgresError(
                    "slot \"\(name)\" exists and is \(what)",
                    hint: "Choose another name, or drop it with \\slot drop \(name) if no one needs it.",
                    sqlState: .duplicateObject)
            }
            return false
        }
        let blockers = milliseconds == nil ? [] : try slotBlockers()
        let start = ContinuousClock.now
        do throws(PostgresError) {
            if let milliseconds {
                try connection.query(.publisherSlotCreate, [name], cancelAfter: milliseconds)
            } else {
                try connection.query(.publisherSlotCreate, [name])
            }
        } catch {
            if let milliseconds, error.sqlState == .queryCanceled,
                start.duration(to: .now) >= .milliseconds(milliseconds)
            {
                // The transactions that run now, unless the cancelled statement has aborted the transaction around it.
                let now = transactionStatus == .idle ? try slotBlockers() : blockers
                throw Self.timedOut(name, milliseconds, now)
            }
            guard error.hint == nil else { throw error }
            var error = error
            switch error.sqlState {
            case .insufficientPrivilege, .notInPrerequisiteState, .configurationLimitExceeded:
                error.hint = "\\check says what the source needs, and how to set it."
            default: break
            }
            throw error
        }
        return true
    }

    private static func timedOut(_ name: String, _ milliseconds: Int, _ blockers: [SlotBlocker]) -> PostgresError {
        let shown = blockers.prefix(5)
        let more = blockers.count > 5 ? "; and \(blockers.count - 5) more" : ""
        let seconds = milliseconds % 1000 == 0 ? "\(milliseconds / 1000)" : "\(Double(milliseconds) / 1000)"
        return PostgresError(
            "slot \"\(name)\" could not be created within \(seconds) s, and there is none now",
            detail: shown.isEmpty
                ? "It waited for transactions that have ended since."
                : "It waited for \(shown.map(\.description).joined(separator: "; "))\(more).",
            hint: (shown.isEmpty
                ? "Try again."
                : "Wait until they have ended, or end them: \(shown.map(\.remedy).joined(separator: " "))")
                + " A longer time: --timeout SECONDS.",
            sqlState: .queryCanceled)
    }

    /// The transactions that a slot made now would wait for, the oldest first.
    public func slotBlockers() throws(PostgresError) -> [SlotBlocker] {
        var blockers: [SlotBlocker] = []
        for row in try connection.query(.publisherSlotBlockers).rows {
            let age = try row.optionalInt("seconds").map { " for \($0) s" } ?? ""
            let database = try row.optionalString("database").map { " in database \"\($0)\"" } ?? ""
            if let name = try row.optionalString("prepared") {
                blockers.append(
                    SlotBlocker(
                        description: "prepared transaction \"\(name)\"\(database)\(age)",
                        remedy: "ROLLBACK PREPARED \(quoteLiteral(name));"))
                continue
            }
            let application = try row.optionalString("application") ?? ""
            let who = application.isEmpty ? "" : " (\(application))"
            let processID = try row.int("pid")
            blockers.append(
                SlotBlocker(
                    description: "pid \(processID)\(who)\(database)\(age)",
                    remedy: "SELECT pg_terminate_backend(\(processID));"))
        }
        return blockers
    }

    /// Drops a slot.
    ///
    /// Throws where there is none, and where it is in use: the error says by whom.
    public func dropSlot(_ slot: ReplicationSlot) throws(PostgresError) {
        if slot.isActive {
            let holder = slot.holder.map { "\($0)" } ?? "another session"
            throw PostgresError(
                "slot \"\(slot.name)\" is in use", detail: "It is active for \(holder).",
                hint: slot.holder.map {
                    "Stop its consumer first (\\backfill stop), or end it: SELECT pg_terminate_backend(\($0.processID));"
                }, sqlState: .objectInUse)
        }
        try connection.query(.publisherSlotDrop, [slot.name])
    }
}

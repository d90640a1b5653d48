internal import Job
internal import Libpq
internal import Postgres
internal import Subscriber

/// The work of a clean stop, after which the shadow is as the source, wherever the stop has come: sequences stand where
/// the source's do, and identity columns are as they were.
struct CleanStop {
    private let session: JobSession
    private let lock: JobLock

    init(_ session: JobSession, _ lock: JobLock) {
        self.session = session
        self.lock = lock
    }

    /// Throws the interruption where the job is not so far, or is not held by this engine; or, with a warning, where
    /// that work fails just now, as a stop must neither be lost nor wait for it.
    func settle() throws(PostgresError) {
        session.stop.clear()
        do throws(PostgresError) {
            let isSettled = try session.shielded { () throws(PostgresError) in
                try session.shadow.limitLockWaits(milliseconds: 5000)
                return try restore()
            }
            if isSettled { return }
        } catch {
            guard error.isSafeToRetry || error.sqlState == .lockNotAvailable else { throw error }
            session.journal.warn(
                "sequences and identity columns are not as on the source after this stop: \(error.message)",
                hint: "Start the engine and stop it again.")
        }
        throw Interrupt.error
    }

    private func restore() throws(PostgresError) -> Bool {
        let store = session.store
        guard lock.isHeld, let job = try store.job(), job.isCopied || !job.mode.copies else { return false }
        try SequenceCopy(session).run()
        for table in try store.tables() where !table.identityColumns.isEmpty {
            try session.shadow.transaction { () throws(PostgresError) in
                try session.shadow.restoreIdentity(table.name, table.identityColumns)
                try store.setIdentityColumns(table.name, [])
            }
        }
        try store.setState(.stopped)
        return true
    }
}

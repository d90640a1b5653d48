internal import Job
internal import Postgres
internal import Subscriber

/// The work after the rows of a copy: the constraints that were set aside for them, keys and indexes, and then the
/// objects that may act on rows.
struct CopyFinish {
    private let session: JobSession
    private var store: JobStore { session.store }

    init(_ session: JobSession) { self.session = session }

    /// - Parameter schema: nil where the shadow's schema is not the job's.
    func finish(_ schema: SchemaCopy?) throws(PostgresError) {
        // A partition that is attached with the keys must have its table's constraints.
        let unvalidated = try putBackConstraints()
        try schema?.restoreKeys()
        // Several at a time; those that rows of the source break stay as they are.
        for (item, error) in try IndexWorkers(session).validate(unvalidated) { try keep(item, error) }
        try ShadowTables(session).silence(try session.publishedTables().map(\.name))
    }

    /// Puts back the constraints that an engine which was killed after its copy has left set aside.
    func finishLeft() throws(PostgresError) {
        guard try store.setAside().contains(where: \.isForCopy) else { return }
        try finish(nil)
    }

    /// Puts back what was set aside for a copy that is complete, for new rows; returns the constraints that are yet to
    /// be validated.
    private func putBackConstraints() throws(PostgresError) -> [SetAside] {
        let items = try store.setAside().filter(\.isForCopy)
        var unvalidated = items.filter { $0.aspect == .notValid }
        for item in items.reversed() where item.aspect != .notValid {
            do throws(PostgresError) {
                if let rest = try store.putBack(item) { unvalidated.append(rest) }
            } catch {
                guard error.isRefusal else { throw error }
                try keep(item, error)
            }
        }
        return unvalidated
    }

    /// An object that could not be put back stays set aside.
    private func keep(_ item: SetAside, _ error: PostgresError) throws(PostgresError) {
        try store.note(
            SetAside(
                type: item.type, identity: item.identity, aspect: item.aspect, table: item.table, reason: error.message,
                putBack: item.putBack))
        session.journal.warn(
            item.aspect == .notValid
                ? "\(item.type) \(item.identity) is NOT VALID in the shadow: \(error.message)"
                : "\(item.type) \(item.identity) is set aside in the shadow: \(error.message)",
            hint: "The source has rows that break it. \\backfill reset tries again.")
    }
}

internal import Catalog
internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// Has the shadow's sequences be as the source's are now; they are not part of the stream.
struct SequenceCopy {
    private let session: JobSession

    init(_ session: JobSession) { self.session = session }

    /// Sets them; warns of sequences that cannot be set: neither a copy nor a stop fails for it.
    ///
    /// Throws where a session cannot go on.
    func run() throws(PostgresError) {
        do throws(PostgresError) {
            try follow()
        } catch {
            guard error.origin == .server, !error.isSafeToRetry, session.source.isAlive, session.shadow.isAlive else {
                throw error
            }
            session.journal.warn("sequences were not set: \(error.message)", hint: error.hint)
        }
    }

    private func follow() throws(PostgresError) {
        let wanted = Set(try session.publishedTables().map(\.name))
        let all = Dictionary(try session.source.tables().map { ($0.oid, $0) }) { first, _ in first }
        // A partition takes its values from the sequence of a table above.
        var users: Set<QualifiedName> = []
        for table in all.values where wanted.contains(table.name) {
            var next: Table? = table
            while let user = next, users.insert(user.name).inserted { next = user.parent.flatMap { all[$0] } }
        }
        let tables = users.sorted()
        let sequences = try session.source.sequenceStates(usedBy: tables)
        let makesMissing = session.settings.copySchema
        let faults = try session.shadow.followSequences(sequences.states, of: tables, creates: makesMissing)
        if !sequences.unreadable.isEmpty {
            let names = sequences.unreadable.map(\.description).joined(separator: ", ")
            session.journal.warn(
                "sequences were not set, as the source's role may not read them: \(names)",
                hint: "GRANT SELECT ON ALL SEQUENCES IN SCHEMA … TO the role.")
        }
        for fault in faults {
            if let error = fault.error {
                session.journal.warn(
                    "sequence \(fault.name) of the shadow is not as the source's: \(error.message)",
                    hint: error.hint ?? "Mend that in the shadow; the next stop of the engine sets the sequence.")
            } else {
                session.journal.warn(
                    "the shadow lacks sequence \(fault.name) of the source",
                    hint: makesMissing
                        ? "Make its column an identity column there as on the source."
                        : "Create it there, or set copy_schema = true.")
            }
        }
    }
}

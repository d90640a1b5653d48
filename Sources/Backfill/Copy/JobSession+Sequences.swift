internal import Catalog
internal import Postgres
internal import Publisher
internal import Subscriber

extension JobSession {
    /// Has the shadow's sequences be as the source's are now; they are not part of the stream. What can't be done is warned
    /// of: neither a copy nor a stop fails for it.
    ///
    /// Throws where a session can't go on.
    func setSequences() throws(PostgresError) {
        do throws(PostgresError) {
            try followSequences()
        } catch {
            guard error.origin == .server, !error.isSafeToRetry, source.isAlive, shadow.isAlive
            else { throw error }
            warn("sequences were not set: \(error.message)", hint: error.hint)
        }
    }

    private func followSequences() throws(PostgresError) {
        let wanted = Set(try followedNames())
        let all = Dictionary(try source.tables().map { ($0.oid, $0) }) { first, _ in first }
        // A partition takes its values from the sequence of a table above.
        var users: Set<QualifiedName> = []
        for table in all.values where wanted.contains(table.name) {
            var next: Table? = table
            while let user = next, users.insert(user.name).inserted { next = user.parent.flatMap { all[$0] } }
        }
        let tables = users.sorted()
        let sequences = try source.sequenceStates(usedBy: tables)
        let faults = try shadow.followSequences(sequences.states, of: tables, creates: settings.copySchema)
        if !sequences.unreadable.isEmpty {
            let names = sequences.unreadable.map(\.description).joined(separator: ", ")
            warn(
                "sequences were not set, as the source's role may not read them: \(names)",
                hint: "GRANT SELECT ON ALL SEQUENCES IN SCHEMA … TO the role.")
        }
        for fault in faults {
            if let error = fault.error {
                warn(
                    "sequence \(fault.name) of the shadow is not as the source's: \(error.message)",
                    hint: error.hint ?? "Mend that in the shadow; the next stop of the engine sets the sequence.")
            } else {
                warn(
                    "the shadow lacks sequence \(fault.name) of the source",
                    hint: settings.copySchema
                        ? "Make its column an identity column there as on the source."
                        : "Create it there, or set copy_schema = true.")
            }
        }
    }
}

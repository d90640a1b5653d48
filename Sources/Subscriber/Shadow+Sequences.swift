public import Catalog
internal import Libpq
public import Postgres
internal import Scripts

extension Shadow {
    /// A sequence of the source that could not be followed, and why.
    public struct SequenceFault: Sendable {
        public let name: QualifiedName
        /// Nil where the shadow lacks it.
        public let error: PostgresError?
    }

    /// Has the shadow's sequences be defined as the source's, under their names, and stand where they stand. The
    /// sequences for which that fails are returned; the others are set.
    ///
    /// - Parameters:
    ///   - tables: that use them.
    ///   - creates: sequences that the shadow lacks are made.
    /// - Throws: where the session cannot go on.
    public func followSequences(
        _ sequences: [SequenceState], of tables: [QualifiedName], creates: Bool
    ) throws(PostgresError) -> [SequenceFault] {
        let present = try self.sequences(usedBy: tables, orNamed: sequences.map(\.name))
        let plan = SequencePlan(sequences, shadow: present, creates: creates)
        for statement in plan.makeWay {
            // A failure here shows in the step that needs the name.
            _ = try attempt { () throws(PostgresError) in try connection.query(statement) }
        }
        var faults: [SequenceFault] = []
        for step in plan.steps {
            guard !step.isMissing else {
                faults.append(SequenceFault(name: step.state.name, error: nil))
                continue
            }
            var fault = try attempt { () throws(PostgresError) in try carryOut(step) }
            if fault?.sqlState.code == "3F000" {
                // Its schema came to the source with it.
                fault = try attempt { () throws(PostgresError) in
                    try connection.query("CREATE SCHEMA \(quoteIdentifier(step.state.name.schema))")
                    try carryOut(step)
                }
            }
            if let fault { faults.append(SequenceFault(name: step.state.name, error: fault)) }
        }
        return faults
    }

    private func carryOut(_ step: SequencePlan.Step) throws(PostgresError) {
        let state = step.state
        try connection.transaction { () throws(PostgresError) in
            for statement in step.statements { try connection.query(statement) }
            let set = try connection.query(
                .subscriberSequenceSet,
                [state.name.schema, state.name.name, String(state.lastValue), String(state.isCalled)])
            guard set.rowCount > 0 else {
                throw PostgresError(
                    "sequence \(state.name) does not exist in the shadow", hint: "Create it there.",
                    sqlState: .undefinedTable, origin: .server)
            }
        }
    }

    /// The server's error, where it refuses this alone.
    private func attempt(_ body: () throws(PostgresError) -> Void) throws(PostgresError) -> PostgresError? {
        do throws(PostgresError) {
            try body()
            return nil
        } catch {
            guard error.origin == .server, !error.isSafeToRetry, isAlive else { throw error }
            return error
        }
    }
}

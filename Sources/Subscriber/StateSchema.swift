internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Scripts

/// The form of the jobs' state in the shadow, which has a version: the number of the last migration that was applied
/// (`sql/subscriber/state/`). All jobs of a shadow share it.
struct StateSchema {
    private let shadow: Shadow

    init(_ shadow: Shadow) { self.shadow = shadow }

    /// The version that this program reads and writes.
    static var current: Int { Script.subscriberState.count }

    /// Nil where no engine has ever run on this shadow; 0 for the state of a release that did not number it.
    func version() throws(PostgresError) -> Int? {
        guard let row = try shadow.connection.query(.subscriberStateExists).rows.first, try row.bool("exists") else {
            return nil
        }
        guard try row.bool("is_numbered") else { return 0 }
        return try shadow.connection.query(.subscriberStateVersion).rows.first?.int("version") ?? 0
    }

    /// Whether there is a state.
    ///
    /// Throws where this program does not read it: a newer release has written it, or an older one, after which it has not
    /// been brought up to date yet.
    func exists() throws(PostgresError) -> Bool {
        guard let version = try version() else { return false }
        guard version <= Self.current else { throw JobFault.newerState(version, known: Self.current) }
        guard version == Self.current else { throw JobFault.olderState(version, known: Self.current) }
        return true
    }

    /// Makes the state, or brings it to the present version; all or nothing. The session holds a job's lock.
    ///
    /// Throws where a newer release has written it, or where engines of other jobs run, which know it as it is.
    func bringUpToDate() throws(PostgresError) {
        try shadow.transaction { () throws(PostgresError) in
            try shadow.connection.query(.subscriberStateLock)
            // Somebody may have done it meanwhile.
            let version = try version()
            guard version ?? 0 <= Self.current else {
                throw JobFault.newerState(version ?? 0, known: Self.current)
            }
            guard version != Self.current else { return }
            if version != nil {
                var running: [String] = []
                for row in try shadow.connection.query(.subscriberStateEngines).rows {
                    running.append(try row.string("slot"))
                }
                guard running.isEmpty else { throw JobFault.olderStateInUse(by: running) }
            }
            for script in Script.subscriberState.dropFirst(version ?? 0) { try shadow.connection.query(script) }
            try shadow.connection.query(.subscriberStateVersionSet, [String(Self.current)])
        }
    }
}

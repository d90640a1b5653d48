internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

extension ShadowSession {
    /// Which of these objects, named as `pg_identify_object` names them, exist: as (type, identity).
    public func existingObjects(_ identities: [String]) throws(PostgresError) -> [(type: String, identity: String)] {
        var existing: [(type: String, identity: String)] = []
        for row in try connection.query(.subscriberExistingObjects, [ArrayText.text(identities)]).rows {
            existing.append((try row.string("type"), try row.string("identity")))
        }
        return existing
    }

    /// What to set where the server has no room for the locks of so many objects in one transaction; nil for other errors.
    ///
    /// Room is there for max_locks_per_transaction × (max_connections + max_prepared_transactions) objects (manual, "Lock
    /// Management"); a table locks itself, its TOAST table and that one's index.
    private func lockTableHint(_ error: PostgresError, for text: String) -> String? {
        guard error.sqlState == .outOfMemory, error.hint?.contains("max_locks_per_transaction") == true else {
            return nil
        }
        let names = ["max_connections", "max_prepared_transactions", "max_locks_per_transaction"]
        guard let settings = try? connection.settings(names[0], names[1], names[2]) else { return nil }
        let values = names.map { settings[$0].flatMap { Int($0.value) } ?? 0 }
        let objects = text.split(separator: "\n").count { $0.hasPrefix("CREATE ") || $0.hasPrefix("ALTER ") }
        var needed = max(64, values[2]) * 2
        while needed * max(1, values[0] + values[1]) < objects * 4 { needed *= 2 }
        return
            "The schema is restored in one transaction, which locks all that it makes. In the shadow: ALTER SYSTEM SET max_locks_per_transaction = \(needed); restart its server, and start again."
    }

    /// Runs SQL that pg_restore wrote, all or nothing.
    ///
    /// Throws the first error, with the statement's own words in its context; nothing is kept then.
    public func restore(_ sql: String, from source: ServerVersion) throws(PostgresError) {
        let text = RestoreScript(sql, for: connection.serverVersion).text
        guard !text.isEmpty else { return }
        do throws(PostgresError) {
            try connection.query(text)
        } catch {
            var error = error
            if error.origin == .server, let position = error.position {
                error.context = "restored schema: \(RestoreScript.statement(in: text, at: position))"
                error.position = nil
            }
            if let hint = lockTableHint(error, for: text) {
                error.hint = hint
            } else if error.hint == nil, !error.isSafeToRetry {
                error.hint =
                    "The schema of PostgreSQL \(source.major) did not fit the shadow. Create what is missing there (extensions, types) or the tables themselves, and start again."
            }
            throw error
        }
        // pg_restore's script sets these for itself.
        try connection.query("RESET search_path")
        try connection.query("RESET check_function_bodies")
        try connection.query("RESET client_min_messages")
    }
}

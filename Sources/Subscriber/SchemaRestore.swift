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
            if error.hint == nil, !error.isSafeToRetry {
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

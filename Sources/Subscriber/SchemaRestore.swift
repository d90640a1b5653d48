public import Catalog
internal import Libpq
public import Postgres
internal import Scripts

extension Shadow {
    /// Which of these objects, named as `pg_identify_object` names them, exist.
    public func existingObjects(
        _ objects: [CatalogObject.Identity]
    ) throws(PostgresError) -> Set<CatalogObject.Identity> {
        var existing: Set<CatalogObject.Identity> = []
        let asked = [ArrayText.text(objects.map(\.type)), ArrayText.text(objects.map(\.name))]
        for row in try read(.catalogSchemaNamed, asked).rows {
            existing.insert(CatalogObject.Identity(try row.string("type"), try row.string("identity")))
        }
        return existing
    }

    /// Runs `body` with the settings that pg_dump's statements are written for (pg_backup_archiver.c, _doSetFixedOutputState).
    /// Those that are pinned for the whole session, standard_conforming_strings among them, are no part of it.
    public func restoring<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        try connection.query(.subscriberRestoreBegin)
        let value = try body()
        try connection.query(.subscriberRestoreEnd)
        if serverVersion.major >= 12 { try connection.query(.subscriberRestoreEnd12) }
        return value
    }

    /// Runs a piece's statements, all or nothing; an open transaction stays usable even if they fail.
    ///
    /// Throws errors that are not the statements' fault: a lost connection, a full disk.
    /// - Parameters:
    ///   - name: of what is made, for people.
    ///   - accessMethod: a table's; nil for the server's default.
    ///   - readsRows: it is made of rows, as an index, of which no value may show in an error.
    /// - Returns: The server's refusal; nil where it was made.
    public func make(
        _ sql: String, name: String, accessMethod: String? = nil, readsRows: Bool = false
    ) throws(PostgresError) -> PostgresError? {
        var text = sql
        if let accessMethod, serverVersion.major >= 12 {
            // An access method that this server does not have is the piece's error.
            text = "SET default_table_access_method = \(quoteIdentifier(accessMethod)); " + text
        }
        let isPart = transactionStatus == .inTransaction
        do throws(PostgresError) {
            if isPart { text = Script.sessionSavepoint.text + text + "\n" + Script.sessionSavepointRelease.text }
            try connection.query(text)
            return nil
        } catch {
            guard error.origin == .server else { throw error }
            var error = error
            if error.isRefusal {
                if isPart { try connection.query(.sessionSavepointUndo) }
                error = explainingEventTriggers(error, on: "shadow")
            }
            error.context = "restored schema: \(name)"
            error.position = nil
            if readsRows { error.detail = nil }
            if readsRows, error.sqlState.classCode == "22" {
                error.message = "a value of its table's rows does not fit: \(RefusedRow.condition(error.sqlState))"
            }
            if let hint = lockTableHint(error) { error.hint = hint }
            guard error.isRefusal else { throw error }
            return error
        }
    }

    /// The setting to change where the server has no room for the locks of so many objects in one transaction; nil for
    /// other errors.
    ///
    /// Room is there for max_locks_per_transaction × (max_connections + max_prepared_transactions) objects (manual, "Lock
    /// Management"); a table locks itself, its TOAST table and that one's index.
    private func lockTableHint(_ error: PostgresError) -> String? {
        guard error.sqlState == .outOfMemory, error.hint?.contains("max_locks_per_transaction") == true else {
            return nil
        }
        return
            "The schema is restored in one transaction, which locks all that it makes. In the shadow: ALTER SYSTEM SET max_locks_per_transaction to several times its value; restart its server, and start again."
    }
}

extension Shadow {
    /// The rows of a foreign key's table that have no row in the other: how to find them, and how many there are. The key must
    /// be there, NOT VALID.
    public func orphans(
        of foreignKey: String, in table: QualifiedName
    ) throws(PostgresError) -> (query: String, count: Int)? {
        guard
            let row = try connection.query(.subscriberOrphans, [table.schema, table.name, foreignKey]).rows.first
        else { return nil }
        let query = try row.string("query")
        guard let count = try connection.query("SELECT count(*) FROM (\(query)) AS orphans").rows.first else {
            return nil
        }
        return (query, try count.int("count"))
    }
}

extension PostgresError {
    /// The server refused the statements, and would refuse them another time too. An error that passes by itself, or is
    /// for want of memory, disk or a permission to connect, is no such refusal.
    public var isRefusal: Bool {
        origin == .server && !isSafeToRetry && !["08", "28", "40", "53", "55", "57", "58"].contains(sqlState.classCode)
    }

    /// A value has a text that is longer than a server's strings or messages may be (54000; in palloc() XX000).
    public var isTooLong: Bool { origin == .server && ["54000", "XX000"].contains(sqlState.code) }
}

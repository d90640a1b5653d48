internal import Catalog
internal import Libpq
internal import Postgres
internal import Publisher

extension Preflight {
    static let shadowConnection = Check("shadow_connection", "Connection to the shadow", needs: []) {
        examination throws(PostgresError) in
        switch examination.context.shadow {
        case .notConfigured:
            return .skip(
                "no shadow is configured",
                hint: "Name it with --shadow CONNINFO, SCRY_BACKFILL_SHADOW, or [shadow] dsn in scry-backfill.toml.")
        case .failed(let error):
            return connectionFailure(error, to: "shadow")
        case .connected(let shadow):
            return try shadowOutcome(shadow, examination)
        }
    }

    private static func shadowOutcome(
        _ shadow: any CatalogReader, _ examination: Examination
    ) throws(PostgresError) -> Outcome {
        let identity = try examination.identity(ofShadow: shadow)
        let place = "database \"\(shadow.database)\" on \(shadow.host) port \(shadow.port) as user \"\(shadow.user)\""
        let isSame = examination.identity.map { identity.isSameDatabase(as: $0) } ?? false
        guard !isSame else {
            return .fail(
                "source and shadow are the same database", found: place, needed: "another database",
                hint: "Name a database of its own for the shadow, best on another server; nothing was changed.")
        }
        guard !identity.isInRecovery else {
            return .fail(
                "the shadow is a standby, which cannot be written", found: place, needed: "a primary",
                hint: "Name a server that is not in recovery.")
        }
        guard !identity.isReadOnly else {
            return .fail(
                "transactions on the shadow are read-only", found: "default_transaction_read_only is on",
                needed: "a database that can be written",
                hint: "Switch it off for the database or the role, after making sure that it is the right one.",
                fix: Fix(
                    ["ALTER DATABASE \(quoteIdentifier(identity.database)) SET default_transaction_read_only = off;"],
                    .shadow))
        }
        let version = shadow.serverVersion
        guard version >= oldestVersion else {
            return .fail(
                "the shadow is older than PostgreSQL 10", found: "\(version)", needed: "10 or later",
                hint: "Use a newer server for the shadow, best of the source's version.")
        }
        if let source = examination.source, version.major < source.serverVersion.major {
            return .warn(
                "the shadow is older than the source", found: "PostgreSQL \(version)",
                needed: "PostgreSQL \(source.serverVersion.major) or later",
                hint: "A schema that uses later features cannot be made there; best use the source's version.")
        }
        if examination.canReadSource, examination.identity == nil {
            return .warn(
                "the source does not identify itself", found: "no privilege to call pg_control_system()",
                needed: "proof that source and shadow are different databases",
                hint: "Make sure that they are, or let the source's user call it.",
                fix: examination.role.flatMap { Fix([.readingOfControlFile(role: $0.name)]) })
        }
        if let source = examination.identity, identity.isSameServer(as: source) {
            return .warn(
                "the shadow is on the source's own server", found: place, needed: "another server",
                hint: "The copy loads production, and shares its disk and its WAL; use another server if you can.")
        }
        return .pass("connected to \(place), PostgreSQL \(version)", found: place)
    }
}

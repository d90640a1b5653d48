internal import Catalog
internal import Libpq
internal import Postgres

extension Preflight {
    static let connection = Check("connection", "Connection to the source", needs: []) {
        examination throws(PostgresError) in
        switch examination.context.source {
        case .notConfigured:
            return .fail(
                "no source is configured", needed: "a connection string",
                hint: "Name it with --source CONNINFO, SCRY_BACKFILL_SOURCE, or [source] dsn in scry-backfill.toml.")
        case .failed(let error):
            return connectionFailure(error, to: "source")
        case .connected(let source):
            let place =
                "database \"\(source.database)\" on \(source.host) port \(source.port) as user \"\(source.user)\""
            if examination.identity?.isInRecovery == true {
                return .fail(
                    "the source is a standby", found: place, needed: "the primary",
                    hint: "Connect to the primary; with several hosts in the connection string, "
                        + "target_session_attrs=read-write finds it.")
            }
            return .pass("connected to \(place)", found: place)
        }
    }

    /// A database that could not be reached.
    static func connectionFailure(_ error: PostgresError, to name: String) -> Outcome {
        let hint =
            error.sqlState == .invalidPassword
            ? "Give the right password: in .pgpass, in PGPASSWORD, or where the \(name) is configured."
            : "Check host, port and the network, and that the server runs."
        return .fail(
            "could not connect to the \(name)", found: error.message,
            needed: "a connection to the \(name)", hint: error.hint ?? hint)
    }
}

internal import Catalog
internal import Libpq
internal import Postgres
internal import Publisher

extension Preflight {
    /// The outcome of a replication connection that was made as the engine makes it, and closed at once. Only the
    /// server can say whether it lets one in: its rules are seldom shown, and there may be a pooler before it.
    enum ReplicationProbe {
        /// By the server with this system identifier.
        case opened(systemIdentifier: String)
        case refused(PostgresError)
        /// For this reason.
        case notTried(String)

        init(of source: any CatalogReader, _ senders: Usage, _ role: Role?) throws(PostgresError) {
            guard role?.mayReplicate ?? true else {
                self = .notTried("the user may not use replication")
                return
            }
            // The last one is the job's: a server takes a moment to notice that a connection has been closed.
            guard senders.free > 1 else {
                self = .notTried(senders.free == 1 ? "only one WAL sender is free" : "no WAL sender is free")
                return
            }
            do throws(PostgresError) {
                let session = try ReplicationSession(
                    source.effectiveParameters, as: "check", interrupt: source.interrupt)
                self = .opened(systemIdentifier: try session.systemIdentifier())
            } catch {
                guard error.origin != .interrupted else { throw error }
                self = .refused(error)
            }
        }

        /// The start of the connection was refused by something that does not know PostgreSQL's parameters for it.
        var isRefusedByPooler: Bool {
            guard case .refused(let error) = self else { return false }
            return error.message.contains("unsupported startup parameter") || error.message.contains("unsupported pkt")
        }
    }
}

internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Scripts

// A pooler gives its clients sessions that it keeps to itself: it makes up the process id that it reports to a client,
// and may run each transaction in another session. The engine needs its own: an exported snapshot, the replication
// protocol, start-up options, session_replication_role. So does the shadow, where the next client would find triggers
// switched off.
extension Preflight {
    static let pooler = Check("pooler", "Direct connections", needs: []) { examination throws(PostgresError) in
        var faults: [PoolerFault] = []
        if let source = examination.source {
            let isRefused =
                examination.context.mode == .snapshot ? false : try examination.probe().isRefusedByPooler
            if let fault = try poolerFault(source, "source", examination.service, isRefused: isRefused) {
                faults.append(fault)
            }
        }
        if let shadow = examination.readableShadow,
            let fault = try poolerFault(shadow, "shadow", nil, isRefused: false)
        {
            faults.append(fault)
        }
        guard !faults.isEmpty else {
            guard examination.source != nil else {
                return .skip("not checked, as the source cannot be read")
            }
            return .pass("the connections are direct")
        }
        let places = faults.map(\.place).joined(separator: " and ")
        let message = "a pooler stands before the \(places)"
        let found = faults.map { "\($0.place): \($0.signs.joined(separator: ", "))" }.joined(separator: "; ")
        let needed = "connections to the server itself"
        let advice = examination.service?.directConnection ?? "Name the server's own host and port (often 5432)."
        guard faults.contains(where: \.isFatal) else {
            return .warn(
                "\(message); it seems to leave each client its session", found: found, needed: needed, hint: advice)
        }
        return .fail(message, found: found, needed: needed, hint: advice)
    }

    private struct PoolerFault {
        let place: String
        /// By the signs of a pooler that the connection shows.
        let signs: [String]
        /// The job cannot work through it.
        let isFatal: Bool
    }

    /// - Parameter isRefused: a replication connection was refused as only a pooler refuses it.
    private static func poolerFault(
        _ connection: any CatalogReader, _ place: String, _ service: ManagedService?, isRefused: Bool
    ) throws(PostgresError) -> PoolerFault? {
        var signs: [String] = []
        var isFatal = isRefused
        if isRefused { signs.append("it refuses replication") }
        let host = connection.host
        if let part = poolerHosts.first(where: { host.contains($0) }) {
            signs.append("host name with \"\(part)\"")
            isFatal = true
        }
        // Neon's own proxy stands before direct connections too, and makes up the process id.
        if service != .neon {
            for row in try connection.read(.preflightBackend).rows {
                let pid = try row.int("pid")
                guard pid != connection.serverProcessID else { continue }
                signs.append("process id \(connection.serverProcessID) announced, \(pid) met")
                if !isFatal { isFatal = try sharesSessions(connection, pid) }
            }
        }
        return signs.isEmpty ? nil : PoolerFault(place: place, signs: signs, isFatal: isFatal)
    }

    /// Parts of the host names by which services offer their poolers: Neon, Supabase, RDS Proxy.
    private static let poolerHosts = ["-pooler.", ".pooler.supabase.com", ".proxy-"]

    /// Whether a second client meets the session that the first one has met, or drives it out of it.
    private static func sharesSessions(_ connection: any CatalogReader, _ pid: Int) throws(PostgresError) -> Bool {
        let other: ReadSession
        do throws(PostgresError) {
            other = try connection.openAnother()
        } catch {
            guard error.origin != .interrupted else { throw error }
            return false
        }
        func met(_ connection: any CatalogReader) throws(PostgresError) -> Int? {
            try connection.read(.preflightBackend).rows.first?.int("pid")
        }
        let theirs = try met(other)
        let own = try met(connection)
        return theirs == pid || own != pid
    }
}

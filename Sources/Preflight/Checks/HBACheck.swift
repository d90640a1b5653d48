internal import Catalog
internal import Postgres

// A connection for logical replication names a database, and pg_hba.conf's rules for that database let it in or not; those
// for the word "replication" are for physical standbys alone (check_db in hba.c). So the rule that lets SQL in lets the
// engine in, from the same address, unless a pooler or a balancer stands between: only an attempt shows it.
extension Preflight {
    static let hba = Check("hba", "Access for replication", needs: [.source, .replication]) {
        examination throws(PostgresError) in
        let source = try examination.readSource()
        let probe = try examination.probe()
        if probe.isRefusedByPooler {
            return .skip("a pooler refused the replication connection", hint: "See the check \"pooler\".")
        }
        let file = try source.hbaFile()
        switch probe {
        case .notTried(let reason):
            return try faults(file, source) ?? .skip("no replication connection was tried, as \(reason)")
        case .refused(let error):
            return refused(error, file, source)
        case .opened(let identifier):
            if let identity = examination.identity, identity.systemIdentifier != identifier {
                return .fail(
                    "connections reach different servers",
                    found: "system \(identity.systemIdentifier) by SQL, \(identifier) by replication",
                    needed: "one server for all connections",
                    hint: "Name the primary itself as the source, not a load balancer or a pooler.")
            }
            let found = "a replication connection was opened"
            if let fault = try faults(file, source) { return fault }
            guard let lines = file.lines, let decision = file.decision else {
                return .pass("\(found); the rules themselves are not shown to user \"\(source.user)\"", found: found)
            }
            guard let rule = decision.deciding.map({ lines[$0] }), decision.uncertain.isEmpty else {
                return .pass(found, found: found)
            }
            return .pass(
                "\(found), by line \(rule.number) of pg_hba.conf",
                found: "line \(rule.number)" + (rule.rule.map { ", method \($0.method)" } ?? ""))
        }
    }

    private static func refused(_ error: PostgresError, _ file: HBAFile, _ source: any CatalogReader) -> Outcome {
        guard error.sqlState == .invalidAuthorization || error.sqlState == .invalidPassword else {
            return .fail(
                "no replication connection could be opened", found: error.message,
                needed: "a replication connection", hint: error.hint ?? "The source's log has the reason.")
        }
        let place =
            file.decision.flatMap { decision in decision.deciding.flatMap { file.lines?[$0].number } }
            .map { "Put this line above line \($0) of pg_hba.conf" } ?? "Put this line at the beginning of pg_hba.conf"
        return .fail(
            "the source does not let user \"\(source.user)\" open a replication connection", found: error.message,
            needed: "a line of pg_hba.conf that lets user \"\(source.user)\" into database \"\(source.database)\"",
            hint: "\(place), then \\reload: \(file.request.lineToAdd)")
    }

    /// The faults of the file, where it is shown.
    private static func faults(_ file: HBAFile, _ source: any CatalogReader) throws(PostgresError) -> Outcome? {
        let faults = (file.lines ?? []).filter(\.isFault)
        guard let first = faults.first else { return nil }
        return .warn(
            "pg_hba.conf has \(count(faults.count, "line")) that cannot be read",
            found: "line \(first.number): \(first.error ?? "not a rule")", needed: "a file that can be read",
            hint: "Mend it, then \\reload. Until then the server keeps the rules that it read before, and it would not "
                + "start with this file.")
    }
}

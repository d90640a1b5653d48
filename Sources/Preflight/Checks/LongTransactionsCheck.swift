internal import Catalog
internal import Libpq
internal import Postgres
internal import Publisher
internal import Scripts

extension Preflight {
    static let longTransactions = Check(
        "long_transactions", "Transactions that a new slot waits for", needs: [.source, .replication]
    ) { examination throws(PostgresError) in
        let blockers = try blockers(examination)
        let longTransaction = examination.context.longTransactionSeconds
        let long = blockers.filter { $0.seconds.map { $0 >= longTransaction } ?? false }
        guard long.isEmpty else {
            let fixes = long.map(\.end)
            return .warn(
                "\(count(long.count, "transaction")) would delay the creation of the slot",
                found: list(long.map(\.description), limit: 5),
                needed: "no writing transaction older than \(duration(seconds: longTransaction))",
                hint: "A slot waits for all that write, in every database, and for prepared ones. Let them end, commit "
                    + "or roll back; the statements end them, and lose what they have done.",
                fix: Fix(fixes, .sourceByHand))
        }
        let hidden = blockers.filter { $0.seconds == nil }
        guard hidden.isEmpty else {
            return .skip(
                "the age of \(count(hidden.count, "transaction")) of other users is not shown",
                found: list(hidden.map(\.description), limit: 5),
                hint: "A superuser can allow to see it.",
                fix: Fix([.membership(in: "pg_read_all_stats", role: examination.role?.name ?? "")]))
        }
        return .pass(
            blockers.isEmpty
                ? "no transaction would delay the slot"
                : "\(count(blockers.count, "writing transaction")), none older than \(duration(seconds: longTransaction))",
            found: "\(blockers.count)")
    }

    /// The transactions that a new slot waits for.
    private struct Blocker: CustomStringConvertible {
        let description: String
        /// Nil where it is not shown.
        let seconds: Int?
        /// The statement that ends it.
        let end: String
    }

    private static func blockers(_ examination: Examination) throws(PostgresError) -> [Blocker] {
        var blockers: [Blocker] = []
        for row in try examination.readSource().read(.preflightLongTransactions).rows {
            let seconds = try row.optionalInt("seconds")
            let xids = try row.int("xids")
            var parts = [
                try row.optionalString("owner").map { "user \"\($0)\"" },
                try row.optionalString("database").map { "database \"\($0)\"" },
                seconds.map { "for \(duration(seconds: $0))" } ?? "begun \(count(xids, "transaction")) ago",
            ]
            if let gid = try row.optionalString("prepared") {
                blockers.append(
                    Blocker(
                        description:
                            "prepared transaction \"\(gid)\" (\(parts.compactMap { $0 }.joined(separator: ", ")))",
                        seconds: seconds, end: "ROLLBACK PREPARED \(quoteLiteral(gid));"))
                continue
            }
            let pid = try row.int("pid")
            if let application = try row.optionalString("application"), !application.isEmpty {
                parts.insert(application, at: 0)
            }
            parts.append(try row.optionalString("state"))
            let query = try row.optionalString("query").map { ": \($0)" } ?? ""
            blockers.append(
                Blocker(
                    description: "pid \(pid) (\(parts.compactMap { $0 }.joined(separator: ", ")))\(query)",
                    seconds: seconds, end: "SELECT pg_terminate_backend(\(pid));"))
        }
        return blockers
    }
}

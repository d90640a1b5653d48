internal import Catalog
internal import Postgres

extension Preflight {
    static let serverMinor = Check(
        "server_minor", "Known faults of the server's release", needs: [.source, .replication]
    ) { examination throws(PostgresError) in
        let version = try examination.readSource().serverVersion
        let faults = ReleaseFault.known.filter { $0.isIn(version) }
        let end = ReleaseFault.endOfLife[version.major]
        guard !faults.isEmpty || end != nil else { return .pass("no known fault of \(version) concerns the job") }
        let newest = faults.compactMap { $0.fixed[version.major] }.max()
        let unmended = newest == nil || faults.contains { $0.fixed[version.major] == nil }
        let message =
            faults.isEmpty
            ? "PostgreSQL \(version.major) has had no fixes since \(end ?? "")"
            : "PostgreSQL \(version) has \(count(faults.count, "known fault")) of logical decoding"
        let upgrade =
            end.map {
                "PostgreSQL \(version.major) has had no fixes since \($0): plan the move to a later major version."
            }
        return .warn(
            message,
            found: faults.isEmpty ? "PostgreSQL \(version)" : faults.map(\.text).joined(separator: "; "),
            needed: newest.map { "\(version.major).\($0) or later" } ?? "a later major version",
            hint: [
                newest.map { "Update the source to \(version.major).\($0) or later; a minor release needs no dump." },
                upgrade,
                unmended && upgrade == nil ? "Plan the move to a later major version." : nil,
            ].compactMap { $0 }.joined(separator: " "))
    }
}

/// A fault in logical decoding that minor releases fixed, according to their release notes (appendix E of each manual).
struct ReleaseFault {
    let text: String
    /// The minor release that fixed it, by the major version; a later major version never had it.
    let fixed: [Int: Int]
    /// The minor release that brought it, by the major version; absent: all before the fix have it.
    var broughtIn: [Int: Int]?
    /// Major versions before this one do not have it.
    var since = 10

    func isIn(_ version: ServerVersion) -> Bool {
        let minor = version.number % 10_000
        guard version.major >= since, let last = fixed.keys.max(), version.major <= last else { return false }
        if let fix = fixed[version.major], minor >= fix { return false }
        guard let broughtIn else { return true }
        return broughtIn[version.major].map { minor >= $0 } ?? false
    }

    static let known = [
        // Notes of 15.13: "Avoid data loss when DDL operations that don't take a strong lock …".
        ReleaseFault(
            text: "ALTER PUBLICATION and other DDL beside running transactions makes decoding lose or mistake changes",
            fixed: [13: 21, 14: 18, 15: 13, 16: 9, 17: 5]),
        // Notes of 15.14: "Avoid re-distributing cache invalidation messages …", an effect of the fix above.
        ReleaseFault(
            text: "DDL beside many transactions makes decoding fail for want of memory",
            fixed: [13: 22, 14: 19, 15: 14, 16: 10, 17: 6], broughtIn: [13: 21, 14: 18, 15: 13, 16: 9, 17: 5]),
        // Notes of 15.10: "Fix cases where a logical replication slot's restart_lsn could go backwards".
        ReleaseFault(
            text: "a slot may ask for WAL that has been removed, after a restart",
            fixed: [12: 22, 13: 18, 14: 15, 15: 10, 16: 6, 17: 2]),
        // Notes of 15.8: "Prevent incorrect initialization of logical replication slots".
        ReleaseFault(
            text: "a slot that is made without a snapshot may begin within a transaction and decode it wrongly",
            fixed: [12: 20, 13: 16, 14: 13, 15: 8, 16: 4]),
        // Notes of 15.6: "Ensure that column default values are correctly transmitted by the pgoutput …".
        ReleaseFault(
            text: "pgoutput sends NULL for a column that was added with a constant default",
            fixed: [15: 6, 16: 2], since: 15),
        // Notes of 15.20: "Avoid race condition when building an initial decoding snapshot", and "In logical replication,
        // handle subtransaction aborts better". Listed for 15 alone, whose notes were read.
        ReleaseFault(
            text: "a new slot's snapshot may hold transactions whose commit is not yet recorded, and an aborted "
                + "subtransaction's DDL may mislead decoding",
            fixed: [15: 20], since: 15),
    ]

    /// Since when a major version gets no more fixes (postgresql.org, versioning policy).
    static let endOfLife = [
        10: "November 2022", 11: "November 2023", 12: "November 2024", 13: "November 2025", 14: "November 2026",
    ]
}

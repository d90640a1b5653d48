internal import Catalog
internal import Postgres

extension Preflight {
    /// A table that the job is to follow.
    struct FollowedTable {
        let table: Table
        /// Nil where it is not in the publication, and for a partitioned table that is published by its partitions.
        let published: PublishedTable?
        /// The partitions that store its rows.
        let leaves: [Table]

        /// The tables that store its rows: its leaves, or itself.
        var stored: [Table] { table.kind == .partitioned ? leaves : [table] }
    }

    /// The version that logical replication came with.
    static let oldestVersion = ServerVersion(100_000)

    /// Names for people: not more than `limit` of them.
    static func list(_ names: [String], limit: Int = 10) -> String {
        guard names.count > limit else { return names.joined(separator: ", ") }
        return names.prefix(limit).joined(separator: ", ") + " and \(names.count - limit) more"
    }

    /// `1 table`, `2 tables`.
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// How long, for people: `42 s`, `7 min`, `3 h`, `2 days`.
    static func duration(seconds: Int) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}

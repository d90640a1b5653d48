internal import Catalog
internal import Postgres
internal import Publisher

// The server refuses an UPDATE or DELETE of its own clients on a table that a publication with these operations holds, when
// the WAL could not name the old row (CheckCmdReplicaIdentity in execReplication.c). So this check is about the source's
// applications, not about the job alone. Partitions count one by one: the identity of the one that is written decides.
extension Preflight {
    static let replicaIdentity = Check("replica_identity", "Replica identity", needs: [.source, .replication]) {
        examination throws(PostgresError) in
        guard examination.publication?.needsIdentity ?? true else {
            return .pass("only inserts are published, which need no replica identity")
        }
        let stored = examination.followed.flatMap(\.stored)
        guard !stored.isEmpty else { return .skip("no table to follow") }
        let faults = identityFaults(examination)
        guard faults.isEmpty else {
            let fixes = try identityFixes(faults, examination.readSource())
            return .fail(
                "UPDATE and DELETE on \(list(faults.map { "\($0.table.name)" })) fail on the source while published",
                found: faults.prefix(10).map { "\($0.table.name): \($0.reason)" }.joined(separator: "; "),
                needed: "a primary key, a unique index as replica identity, or REPLICA IDENTITY FULL",
                hint: "Add a primary key; or choose a unique index over NOT NULL columns as replica identity; "
                    + "or set REPLICA IDENTITY FULL, which writes whole rows to the WAL; or publish only inserts: "
                    + onlyInserts(examination) + ".",
                fix: Fix(fixes))
        }
        let full = stored.filter { $0.replicaIdentity == .full }
        guard full.isEmpty else {
            return .warn(
                "REPLICA IDENTITY FULL on \(list(full.map { "\($0.name)" }))",
                found: "\(full.count) of \(count(stored.count, "table")) with FULL", needed: "a key",
                hint: "The source writes whole rows to the WAL, and the shadow must find each by all its columns: "
                    + "slow on large tables without an index. A primary key or unique index is better.")
        }
        return .pass(
            "a key identifies the rows of \(count(stored.count, "table"))", found: count(stored.count, "table"))
    }

    private static func onlyInserts(_ examination: Examination) -> String {
        let name = quoteIdentifier(examination.context.publication)
        return examination.publication == nil
            ? "CREATE PUBLICATION \(name) WITH (publish = 'insert'), then \\publish"
            : "ALTER PUBLICATION \(name) SET (publish = 'insert')"
    }

    private struct IdentityFault {
        let table: Table
        let reason: String
        /// The fault is in the publication's column list or row filter, not in the table.
        var isInPublication = false
    }

    private static func identityFaults(_ examination: Examination) -> [IdentityFault] {
        var faults: [IdentityFault] = []
        for followed in examination.followed {
            for table in followed.stored {
                guard table.identifiesRows else {
                    faults.append(IdentityFault(table: table, reason: identityReason(table)))
                    continue
                }
                guard let published = followed.published else { continue }
                // Under FULL every column is of the identity: no column list covers it, and every filter is within.
                let identity = table.identityIndex?.columns
                if let columns = published.columns, identity.map({ !Set($0).isSubset(of: columns) }) ?? true {
                    faults.append(
                        IdentityFault(
                            table: table, reason: "the column list leaves out columns of the replica identity",
                            isInPublication: true))
                } else if let identity, !Set(published.filterColumns).isSubset(of: identity) {
                    let outside = Set(published.filterColumns).subtracting(identity).sorted()
                    faults.append(
                        IdentityFault(
                            table: table,
                            reason: "the row filter reads \(list(outside)), which the replica identity lacks",
                            isInPublication: true))
                }
            }
        }
        return faults
    }

    /// Why a table's rows cannot be identified.
    static func identityReason(_ table: Table) -> String {
        switch table.replicaIdentity {
        case .nothing: "REPLICA IDENTITY NOTHING"
        case .index: "its replica identity index is gone or not valid"
        case .default: table.primaryKey == nil ? "no primary key" : "its primary key is deferrable"
        case .full: "REPLICA IDENTITY FULL"
        }
    }

    private static func identityFixes(
        _ faults: [IdentityFault], _ source: any CatalogReader
    ) throws(PostgresError) -> [SourceFix] {
        let tables = faults.filter { !$0.isInPublication }.map(\.table)
        let indexes = try source.indexes(of: tables.map(\.oid))
        let columns = try source.columns(of: tables.map(\.oid))
        return tables.map { table in
            let notNull = Set((columns[table.oid] ?? []).filter(\.isNotNull).map(\.name))
            let key = (indexes[table.oid] ?? []).first { $0.canBeIdentity(notNull: notNull) }
            let identity: SourceFix.Identity =
                switch key {
                case let key? where key.isPrimary: .primaryKey
                case let key?: .index(key.name.name)
                case nil: .wholeRow
                }
            return .replicaIdentity(table.name, identity)
        }
    }
}

internal import Catalog
internal import Postgres
internal import Publisher

extension Preflight {
    static let replicationPrivilege = Check(
        "replication_privilege", "Replication privilege", needs: [.source, .replication]
    ) { examination throws(PostgresError) in
        guard let role = examination.role else { return .skip("not checked, as the source cannot be read") }
        if role.isSuperuser { return .pass("user \"\(role.name)\" is a superuser", found: "superuser") }
        if role.hasReplicationAttribute {
            return .pass("user \"\(role.name)\" has REPLICATION", found: "REPLICATION")
        }
        if role.mayReplicate {
            return .pass("user \"\(role.name)\" is a member of rds_replication", found: "member of rds_replication")
        }
        let grantor = examination.service?.administrator ?? "a superuser"
        let group = examination.service?.replicationRole
        return .fail(
            "user \"\(role.name)\" may not use replication",
            found: group.map { "not a member of \($0)" } ?? "no REPLICATION attribute",
            needed: group.map { "membership in \($0)" } ?? "REPLICATION", hint: "Run the statement as \(grantor).",
            fix: Fix([.replication(role: role.name, through: group)]))
    }
}

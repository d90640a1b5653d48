internal import Catalog
internal import Postgres

extension Preflight {
    static let replicationPrivilege = Check(
        "replication_privilege", "Replication privilege", needs: [.source, .replication]
    ) { examination throws(PostgresError) in
        guard let role = examination.role else { return .skip("not checked, as the source can't be read") }
        if role.isSuperuser { return .pass("user \"\(role.name)\" is a superuser", found: "superuser") }
        if role.hasReplicationAttribute {
            return .pass("user \"\(role.name)\" has REPLICATION", found: "REPLICATION")
        }
        if role.mayReplicate {
            return .pass("user \"\(role.name)\" is a member of rds_replication", found: "member of rds_replication")
        }
        let user = quoteIdentifier(role.name)
        switch examination.flavour {
        case .rds, .aurora:
            return .fail(
                "user \"\(role.name)\" may not use replication", found: "not a member of rds_replication",
                needed: "membership in rds_replication",
                hint: "Run the statement as the master user (a member of rds_superuser).",
                fixSQL: "GRANT rds_replication TO \(user);")
        case .cloudSQL, .alloyDB, .azure, .supabase, .neon, .plain:
            let grantor =
                switch examination.flavour {
                case .cloudSQL: "a member of cloudsqlsuperuser that has REPLICATION itself"
                case .alloyDB: "a member of alloydbsuperuser"
                case .azure: "the server's administrator (a member of azure_pg_admin)"
                case .supabase: "the user postgres"
                case .neon: "a member of neon_superuser"
                case .plain, .rds, .aurora: "a superuser"
                }
            return .fail(
                "user \"\(role.name)\" may not use replication", found: "no REPLICATION attribute",
                needed: "REPLICATION", hint: "Run the statement as \(grantor).",
                fixSQL: "ALTER ROLE \(user) REPLICATION;")
        }
    }
}

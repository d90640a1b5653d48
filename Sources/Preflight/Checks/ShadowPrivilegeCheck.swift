internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

extension Preflight {
    static let shadowPrivilege = Check("shadow_privilege", "Privileges on the shadow", needs: []) {
        examination throws(PostgresError) in
        guard let shadow = examination.shadow, shadow.serverVersion >= oldestVersion else {
            return .skip("not checked, as there is no shadow to read")
        }
        var lacks: [String] = []
        var fixes: [String] = []
        let role = try examination.role(of: shadow)
        let user = quoteIdentifier(role.name)
        for row in try shadow.read(.preflightDatabasePrivilege).rows where try !row.bool("may_create") {
            let database = try row.string("database")
            lacks.append("CREATE on database \"\(database)\"")
            fixes.append("GRANT CREATE ON DATABASE \(quoteIdentifier(database)) TO \(user);")
        }
        let wanted = Set(examination.followed.map(\.table.name.schema)).union([stateSchema])
        for row in try shadow.read(.preflightSchemaPrivileges, [ArrayText.text(wanted.sorted())]).rows
        where try !row.bool("may_create") {
            let schema = try row.string("schema")
            lacks.append("CREATE on schema \"\(schema)\"")
            fixes.append("GRANT USAGE, CREATE ON SCHEMA \(quoteIdentifier(schema)) TO \(user);")
        }
        guard lacks.isEmpty else {
            return .fail(
                "user \"\(role.name)\" lacks \(lacks.joined(separator: ", ")) on the shadow",
                found: "without " + lacks.joined(separator: ", "), needed: "to create schemas and tables",
                hint: "Run the statements on the shadow as its owner or a superuser, or connect as one.",
                fix: Fix(fixes, .shadow))
        }
        if try !maySetReplicationRole(shadow) {
            let mayBeGranted = shadow.serverVersion.major >= 15
            return .warn(
                "triggers, rules and foreign keys will be left out of the shadow",
                found: "user \"\(role.name)\" may not set session_replication_role",
                needed: "the right to keep them from acting on what the job writes",
                hint: mayBeGranted
                    ? "Nothing is to be done if they need not be there; if they are wanted, grant the right on the shadow before the job starts."
                    : "Nothing is to be done if they need not be there; if they are wanted, connect as a superuser: before 15 only they may set session_replication_role.",
                fix: mayBeGranted ? Fix(["GRANT SET ON PARAMETER session_replication_role TO \(user);"], .shadow) : nil)
        }
        return .pass("user \"\(role.name)\" may create and fill tables", found: role.isSuperuser ? "superuser" : nil)
    }

    /// Where the job keeps its state in the shadow.
    private static let stateSchema = "scry_backfill"

    private static func maySetReplicationRole(_ shadow: any CatalogReader) throws(PostgresError) -> Bool {
        do throws(PostgresError) {
            try shadow.read(.preflightSessionReplicationRole)
            return true
        } catch {
            guard error.sqlState == .insufficientPrivilege else { throw error }
            return false
        }
    }
}

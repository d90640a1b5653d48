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
        let role = try shadow.role()
        let user = quoteIdentifier(role.name)
        for row in try shadow.query(.preflightDatabasePrivilege).rows where try !row.bool("may_create") {
            let database = try row.string("database")
            lacks.append("CREATE on database \"\(database)\"")
            fixes.append("GRANT CREATE ON DATABASE \(quoteIdentifier(database)) TO \(user);")
        }
        let wanted = Set(examination.followed.map(\.table.name.schema)).union([stateSchema])
        for row in try shadow.query(.preflightSchemaPrivileges, [ArrayText.text(wanted.sorted())]).rows
        where try !row.bool("may_create") {
            let schema = try row.string("schema")
            lacks.append("CREATE on schema \"\(schema)\"")
            fixes.append("GRANT USAGE, CREATE ON SCHEMA \(quoteIdentifier(schema)) TO \(user);")
        }
        if try !maySetReplicationRole(shadow) {
            lacks.append("setting session_replication_role")
            if shadow.serverVersion.major >= 15 {
                fixes.append("GRANT SET ON PARAMETER session_replication_role TO \(user);")
            }
        }
        guard lacks.isEmpty else {
            return .fail(
                "user \"\(role.name)\" lacks \(lacks.joined(separator: ", ")) on the shadow",
                found: "without " + lacks.joined(separator: ", "),
                needed: "to create schemas and tables, and to switch triggers off while applying",
                hint: fixes.count == lacks.count
                    ? "Run the statements on the shadow as its owner or a superuser, or connect as one."
                    : "Connect to the shadow as a superuser, or as the service's administrator: before 15 only they may "
                        + "set session_replication_role.",
                fixSQL: fixes.isEmpty ? nil : fixes.joined(separator: "\n"))
        }
        return .pass("user \"\(role.name)\" may create and fill tables", found: role.isSuperuser ? "superuser" : nil)
    }

    /// Where the job keeps its state in the shadow.
    private static let stateSchema = "scry_backfill"

    private static func maySetReplicationRole(_ shadow: Connection) throws(PostgresError) -> Bool {
        do throws(PostgresError) {
            try shadow.query(.preflightSessionReplicationRole)
            return true
        } catch {
            guard error.sqlState == .insufficientPrivilege else { throw error }
            return false
        }
    }
}

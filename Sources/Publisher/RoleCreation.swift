internal import Catalog
internal import Libpq
public import Postgres

extension Source {
    /// The requirements of a backfill's role for the tables of `schemas`, and those that are missing.
    public func rolePlan(_ name: String, schemas: [String]) throws(PostgresError) -> RolePlan {
        let granted = try managedService()?.replicationRole
        return RolePlan(try replicationRole(name, schemas: schemas), grantedBy: granted)
    }

    /// Gives the role what is missing of a plan, as far as this session may, and a password; all of it or nothing.
    ///
    /// - Parameters:
    ///   - password: in plain text, which does not leave this process: the server gets its SCRAM verifier.
    ///   - bypassesRowSecurity: grants BYPASSRLS too where it is needed.
    /// - Returns: the requirements that were met now.
    public func apply(
        _ plan: RolePlan, password: String?, bypassesRowSecurity: Bool
    ) throws(PostgresError) -> [RoleRequirement] {
        let missing = (plan.requirements + (bypassesRowSecurity ? [plan.bypass].compactMap { $0 } : []))
            .filter { !$0.isPresent && $0.grantor == nil }
        var statements = missing.flatMap(\.fix)
        if let password {
            let verifier = try connection.encrypted(
                password: password, user: plan.role.name, algorithm: "scram-sha-256")
            statements.append("ALTER ROLE \(quoteIdentifier(plan.role.name)) PASSWORD \(quoteLiteral(verifier))")
        }
        guard !statements.isEmpty else { return [] }
        let name = QualifiedName.display(plan.role.name)
        try atomically { () throws(PostgresError) in
            try run(
                statements,
                refusedHint:
                    "Nothing was changed. Have a superuser, or your service's administrator, run the statements: "
                    + "\\role create \(name) --print shows them.", areSecret: true)
        }
        return missing
    }
}

internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

// A role belongs to a server, not to a database, so that no role is copied with the tables. A policy that names a role
// that the shadow's server lacks is left out there.
extension Preflight {
    static let policies = Check("policies", "Policies", needs: .source) { examination throws(PostgresError) in
        let oids = examination.followed.flatMap { [$0.table.oid] + $0.leaves.map(\.oid) }
        var policies: [(role: String, policy: String)] = []
        for row in try examination.readSource().read(
            .preflightPolicyRoles, [ArrayText.text(Set(oids).map(\.description))]
        ).rows {
            let table = try row.qualifiedName()
            policies.append(
                (try row.string("role"), "\(QualifiedName.display(try row.string("policy"))) on \(table)"))
        }
        guard !policies.isEmpty else { return .pass("no policy of the tables names a role") }
        let roles = list(policies.map { QualifiedName.display($0.role) })
        guard examination.context.createsSchema, let shadow = examination.readableShadow else {
            return .pass("the tables' policies name \(roles)", found: roles)
        }
        var present: Set<String> = []
        for row in try shadow.read(.preflightRolesPresent, [ArrayText.text(policies.map(\.role))]).rows {
            present.insert(try row.string("role"))
        }
        let missing = policies.filter { !present.contains($0.role) }
        guard !missing.isEmpty else { return .pass("the shadow's server has \(roles)", found: roles) }
        return .warn(
            "policies name roles that the shadow's server lacks: "
                + list(missing.map { "\(QualifiedName.display($0.role)) (\($0.policy))" }),
            found: list(present.sorted().map(QualifiedName.display)), needed: roles,
            hint: "These policies are left out of the shadow unless the roles are made there before the job starts.",
            fix: Fix(missing.map { "CREATE ROLE \(quoteIdentifier($0.role));" }, .shadow))
    }
}

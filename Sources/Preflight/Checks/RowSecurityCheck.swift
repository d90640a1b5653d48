internal import Catalog
internal import Libpq
internal import Postgres
internal import Publisher
internal import Scripts

extension Preflight {
    static let rowSecurity = Check("row_security", "Row-level security", needs: .source) {
        examination throws(PostgresError) in
        guard let role = examination.role, !examination.followed.isEmpty else { return .skip("no table to read") }
        guard examination.allTables.contains(where: \.hasRowSecurity) else {
            return .pass("no table has row-level security")
        }
        // A partitioned table is read through its partitions or as itself; of both all rows must be seen.
        let oids = Set(examination.followed.flatMap { [$0.table.oid] + $0.leaves.map(\.oid) })
        var hidden: [(name: QualifiedName, owner: String, isForced: Bool)] = []
        var forced: [QualifiedName] = []
        for row in try examination.readSource().read(.preflightRowSecurity, [ArrayText.text(oids.map(\.description))])
            .rows
        {
            let name = try row.qualifiedName()
            let isForced = try row.bool("forced")
            if isForced { forced.append(name) }
            if try row.bool("is_active") { hidden.append((name, try row.string("owner"), isForced)) }
        }
        if !hidden.isEmpty {
            let owners = Set(hidden.map(\.owner)).sorted()
            let alternative =
                hidden.contains(where: \.isForced)
                ? "" : " Or make the user a member of the owners: \(list(owners))."
            return .fail(
                "row-level security hides rows of \(list(hidden.map { "\($0.name)" })) from user \"\(role.name)\"",
                found: "\(count(hidden.count, "table")) whose policies apply to the user",
                needed: "BYPASSRLS, so that no row is missing in the shadow",
                hint: "Run the statement as \(examination.service?.administrator ?? "a superuser").\(alternative)",
                fix: Fix([.bypassOfRowSecurity(role: role.name)]))
        }
        if let fault = try shadowFault(forced, examination) { return fault }
        return .pass("row-level security hides no rows from user \"\(role.name)\"")
    }

    /// The policies go with the tables; where they are forced they apply to the shadow's role, which owns its tables.
    private static func shadowFault(
        _ forced: [QualifiedName], _ examination: Examination
    ) throws(PostgresError) -> Outcome? {
        guard !forced.isEmpty, let shadow = examination.readableShadow else { return nil }
        let role = try examination.role(of: shadow)
        guard !role.isSuperuser, !role.bypassesRowSecurity else { return nil }
        return .warn(
            "row-level security is forced on \(list(forced.map(\.description))), and is set aside in the shadow while the job follows",
            found: "no BYPASSRLS for the shadow's user \"\(role.name)\"",
            needed: "BYPASSRLS on the shadow, if it is to stay forced",
            hint: "Nothing is to be done if it may be set aside; \\backfill reset puts it back.",
            fix: Fix(["ALTER ROLE \(quoteIdentifier(role.name)) BYPASSRLS;"], .shadow))
    }
}

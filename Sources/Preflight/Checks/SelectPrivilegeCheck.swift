internal import Catalog
internal import Libpq
internal import Postgres
internal import Publisher
internal import Scripts

extension Preflight {
    static let selectPrivilege = Check("select_privilege", "Privilege to read the tables", needs: .source) {
        examination throws(PostgresError) in
        guard let role = examination.role, !examination.followed.isEmpty else {
            return .skip(
                "no table to read", hint: "Publish tables with \\publish, or widen include_tables of [backfill].")
        }
        let refusals = try refusals(examination)
        guard !refusals.isEmpty else {
            return .pass(
                "user \"\(role.name)\" may read \(count(examination.followed.count, "table"))",
                found: count(examination.followed.count, "table"))
        }
        let schemas = Set(refusals.filter { !$0.mayUseSchema }.map(\.name.schema)).sorted()
        let denied = refusals.filter(\.isDenied).map(\.name)
        let fixes =
            schemas.map { SourceFix.usage(schema: $0, role: role.name) }
            + denied.map { SourceFix.select(table: $0, role: role.name) }
        return .fail(
            "user \"\(role.name)\" may not read \(list(refusals.map { "\($0.name)" }))",
            found: "\(refusals.count) of \(count(examination.followed.count, "table")) cannot be read",
            needed: "USAGE on the schemas and SELECT on the tables",
            hint: "Run the statements as the tables' owner or a superuser.", fix: Fix(fixes))
    }

    /// Why a table cannot be read.
    private struct Refusal {
        let name: QualifiedName
        let mayUseSchema: Bool
        let isDenied: Bool
    }

    private static func refusals(_ examination: Examination) throws(PostgresError) -> [Refusal] {
        let published = Dictionary(
            examination.followed.compactMap { followed in followed.published?.columns.map { (followed.table.oid, $0) } }
        ) { first, _ in first }
        // A partitioned table is read through its partitions or as itself; both must be allowed.
        let oids = Set(examination.followed.flatMap { [$0.table.oid] + $0.leaves.map(\.oid) })
        var refusals: [Refusal] = []
        for row in try examination.readSource().read(
            .preflightSelectPrivilege, [ArrayText.text(oids.map(\.description))]
        )
        .rows {
            let deniedColumns = try row.strings("denied_columns")
            let columns = published[try row.oid("oid")]
            let isDenied =
                try !row.bool("may_select")
                && (columns.map { !$0.allSatisfy { !deniedColumns.contains($0) } } ?? !deniedColumns.isEmpty)
            let refusal = Refusal(
                name: try row.qualifiedName(),
                mayUseSchema: try row.bool("may_use_schema"), isDenied: isDenied)
            if !refusal.mayUseSchema || refusal.isDenied { refusals.append(refusal) }
        }
        return refusals
    }
}

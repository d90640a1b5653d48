internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

/// Why tables cannot be followed, or not well, and how to mend it: published or not.
struct TableProblems {
    private let needsIdentity: Bool
    private let role: String
    /// The reasons why this role may not read a table, by the table.
    private var unreadable: [OID: String] = [:]

    init(_ tables: [Table], _ publication: Publication?, _ source: any CatalogReader) throws(PostgresError) {
        needsIdentity = publication?.needsIdentity ?? true
        role = quoteIdentifier(try source.role().name)
        let oids = tables.filter { $0.kind == .ordinary || $0.kind == .partitioned }.map(\.oid.description)
        for row in try source.read(.preflightSelectPrivilege, [ArrayText.text(oids)]).rows {
            let name = try row.qualifiedName()
            unreadable[try row.oid("oid")] = try Self.refusal(row, name, role)
        }
        for row in try source.read(.preflightRowSecurity, [ArrayText.text(oids)]).rows where try row.bool("is_active") {
            let oid = try row.oid("oid")
            unreadable[oid] =
                unreadable[oid] ?? "row-level security hides rows from this user: ALTER ROLE \(role) BYPASSRLS"
        }
    }

    /// The reason why the role may not read a table whole.
    private static func refusal(
        _ row: Row, _ name: QualifiedName, _ role: String
    ) throws(PostgresError) -> String? {
        if try !row.bool("may_use_schema") {
            return "this user may not use its schema: GRANT USAGE ON SCHEMA \(quoteIdentifier(name.schema)) TO \(role)"
        }
        if try !row.bool("may_select"), try !row.strings("denied_columns").isEmpty {
            return "this user may not read it: GRANT SELECT ON \(name.quoted) TO \(role)"
        }
        return nil
    }

    func problem(of table: Table, isPublished: Bool) -> String? {
        if table.name.isState { return "the state of the job whose shadow this database is: it is never followed" }
        let name = table.name.quoted
        switch table.kind {
        case .ordinary, .partitioned: break
        case .foreign: return "a foreign table: its rows are elsewhere; follow them where they are stored"
        case .view: return "a view, which stores no rows: follow the tables that it reads"
        case .materializedView:
            return "a materialized view, whose refresh is not in the WAL: make it in the shadow, and refresh it there"
        }
        switch table.persistence {
        case .unlogged: return "unlogged, so its changes are not in the WAL: ALTER TABLE \(name) SET LOGGED"
        case .temporary: return "temporary: it ends with its session"
        case .permanent: break
        }
        if let unreadable = unreadable[table.oid] { return unreadable }
        // Of a partitioned table the partitions decide, which are listed themselves.
        guard table.kind == .ordinary else { return nil }
        guard !table.identifiesRows else {
            return table.replicaIdentity == .full
                ? "REPLICA IDENTITY FULL is slow to follow: add a primary key, then ALTER TABLE \(name) REPLICA IDENTITY DEFAULT"
                : nil
        }
        guard needsIdentity else { return nil }
        let reason =
            switch table.replicaIdentity {
            case .nothing: "REPLICA IDENTITY NOTHING"
            case .index: "replica identity index not valid"
            case .default, .full: table.primaryKey == nil ? "no primary key" : "primary key is deferrable"
            }
        let harm =
            isPublished
            ? "UPDATE and DELETE fail on the source" : "UPDATE and DELETE would fail on the source once published"
        let cure =
            table.primaryKey == nil
            ? "add one, or ALTER TABLE \(name) REPLICA IDENTITY FULL"
            : "ALTER TABLE \(name) REPLICA IDENTITY \(table.replicaIdentity == .default ? "FULL" : "DEFAULT")"
        return "\(reason), so \(harm): \(cure)"
    }
}

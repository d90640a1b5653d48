internal import Catalog
internal import Postgres

extension SourceFix {
    /// With its semicolon.
    public var statement: String {
        switch self {
        case .setting(let name, let value): "ALTER SYSTEM SET \(name) = \(quoteLiteral(value));"
        case .reload: "SELECT pg_reload_conf();"
        case .replication(let role, nil): "ALTER ROLE \(quoteIdentifier(role)) REPLICATION;"
        case .replication(let role, let group?), .membership(let group, let role):
            "GRANT \(quoteIdentifier(group)) TO \(quoteIdentifier(role));"
        case .bypassOfRowSecurity(let role): "ALTER ROLE \(quoteIdentifier(role)) BYPASSRLS;"
        case .usage(let schema, let role):
            "GRANT USAGE ON SCHEMA \(quoteIdentifier(schema)) TO \(quoteIdentifier(role));"
        case .select(let table, let role): "GRANT SELECT ON TABLE \(table.quoted) TO \(quoteIdentifier(role));"
        case .selectSequence(let sequence, let role):
            "GRANT SELECT ON SEQUENCE \(sequence.quoted) TO \(quoteIdentifier(role));"
        case .readingOfControlFile(let role):
            "GRANT EXECUTE ON FUNCTION pg_control_system(), pg_control_checkpoint() TO \(quoteIdentifier(role));"
        case .replicaIdentity(let table, let identity):
            "ALTER TABLE \(table.quoted) REPLICA IDENTITY \(identity.clause);"
        case .createPublication(let name, let tables):
            PublicationStatements(name).create(tables.map { PublicationStatements.Member(name: $0) }) + ";"
        case .addTables(let tables, let publication):
            PublicationStatements(publication).add(tables.map { PublicationStatements.Member(name: $0) }) + ";"
        case .removeTables(let tables, let publication): PublicationStatements(publication).drop(tables: tables) + ";"
        case .operations(let operations, let publication):
            PublicationStatements(publication).set("publish", to: quoteLiteral(operations.joined(separator: ", ")))
                + ";"
        case .partitionsAsThemselves(let publication):
            PublicationStatements(publication).set("publish_via_partition_root", to: "false") + ";"
        case .writing(let fix): ReadOnlyDefault.writing([fix.statement])
        }
    }
}

extension SourceFix.Identity {
    fileprivate var clause: String {
        switch self {
        case .primaryKey: "DEFAULT"
        case .index(let name): "USING INDEX \(quoteIdentifier(name))"
        case .wholeRow: "FULL"
        }
    }
}

public import Postgres

/// A change of the source that mends a finding of the checks: no text that somebody could add to, but one of these.
/// `\check --fix` shows its statement, `--yes` has it made (`Source.apply`).
public enum SourceFix: Hashable, Sendable {
    /// A setting of the server, for all sessions.
    case setting(String, value: String)
    /// The server reads its configuration.
    case reload
    /// The role may use replication: by its attribute, or where a service gives nobody that, by a role that has it.
    case replication(role: String, through: String?)
    case membership(in: String, role: String)
    /// Row-level security hides no rows from the role.
    case bypassOfRowSecurity(role: String)
    case usage(schema: String, role: String)
    case select(table: QualifiedName, role: String)
    case selectSequence(QualifiedName, role: String)
    /// Who the server is: the functions that read pg_control.
    case readingOfControlFile(role: String)
    /// The replica identity, by which the WAL identifies the rows of a table.
    case replicaIdentity(QualifiedName, Identity)
    case createPublication(String, tables: [QualifiedName])
    case addTables([QualifiedName], publication: String)
    case removeTables([QualifiedName], publication: String)
    /// All the operations that a publication sends: `insert`, `update`, `delete`, `truncate`.
    case operations([String], publication: String)
    /// Partitions are sent as themselves, not as the table at the top.
    case partitionsAsThemselves(publication: String)
    /// Another change, in a transaction that may write where others may not.
    indirect case writing(SourceFix)

    public enum Identity: Hashable, Sendable {
        case primaryKey
        case index(String)
        case wholeRow
    }
}

public import Postgres

/// Why an attempt ends though nothing has failed: the state that it read has changed. The next attempt comes at once,
/// and reads the job's state anew.
public enum Rerun: Sendable, Hashable {
    /// The publication holds tables that this attempt does not know.
    case newTables
    /// The snapshot of the copy does not show all rows of these tables any more.
    case rewritten([QualifiedName])
    /// Tables were changed on the source in a way that needs another copy.
    case schemaChanged([QualifiedName])
    /// A change of the publication explains why the shadow did not take a row.
    case publicationChanged(explains: String)
    /// The object that refused a row of a table is set aside.
    case setAside(table: QualifiedName, refusal: String)

    /// For people.
    public var reason: String {
        switch self {
        case .newTables: "tables have come to the publication"
        case .rewritten(let tables):
            "truncated or rewritten after the copy's snapshot, so copied under another: "
                + tables.sorted().map(\.description).joined(separator: ", ")
        case .schemaChanged(let tables):
            "changed on the source, so copied again: " + tables.sorted().map(\.description).joined(separator: ", ")
        case .publicationChanged(let refusal): "the publication has changed, which explains: \(refusal)"
        case .setAside(let table, let refusal): "the object that refused a row of \(table) is set aside: \(refusal)"
        }
    }
}

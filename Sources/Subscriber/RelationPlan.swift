public import Pgoutput
public import Postgres

/// How the rows of one relation of the source are written in the shadow. Columns are matched by name, never by number
/// (dropped columns, another order, more columns in the shadow).
public struct RelationPlan: Hashable, Sendable {
    /// By which columns an old row is found.
    enum Identity: Hashable, Sendable {
        /// Columns that are unique and never null.
        case key([Int])
        /// Every column: REPLICA IDENTITY FULL, and the source does not send a primary key of the shadow.
        case wholeRow
        /// The source sends no old rows; its UPDATE and DELETE fail there.
        case none
    }

    public let table: ShadowRelation
    /// By the column's place in the source's rows. The generated among them (18 and later may send stored ones) may find an
    /// old row, but are never written: the shadow computes them itself.
    let columns: [ShadowColumn]
    /// Places of the columns that find an old row.
    let identity: Identity

    /// Matches a description with the shadow's table.
    ///
    /// Throws 42703 where the shadow lacks a column.
    ///
    /// - Parameter names: the shadow's names for the described columns, in their order; nil where they are the same.
    public init(
        _ relation: Message.Relation, _ shadow: ShadowTable, names: [String]? = nil
    ) throws(PostgresError) {
        table = shadow.relation
        // Byte by byte, as servers compare names: to Swift an é in one character is also equal to one in two.
        let byName = Dictionary(shadow.columns.map { (Array($0.name.utf8), $0) }) { first, _ in first }
        var columns: [ShadowColumn] = []
        var missing: [String] = []
        for name in names ?? relation.columns.map(\.name) {
            guard let match = byName[Array(name.utf8)] else {
                missing.append(QualifiedName.display(name))
                continue
            }
            columns.append(match)
        }
        guard missing.isEmpty else {
            throw PostgresError(
                "table \(table.name) of the shadow has no column \(missing.joined(separator: ", "))",
                hint:
                    "The source's table was changed. Make the same change in the shadow (ALTER TABLE … ADD COLUMN), then start the engine again.",
                sqlState: .undefinedColumn)
        }
        self.columns = columns
        identity = Self.identity(relation, columns, keySize: shadow.columns.count(where: \.isInPrimaryKey))
    }

    private static func identity(
        _ relation: Message.Relation, _ columns: [ShadowColumn], keySize: Int
    ) -> Identity {
        switch relation.replicaIdentity {
        case .nothing: return .none
        case .default, .index:
            let key = relation.columns.indices.filter { relation.columns[$0].isKey }
            return key.isEmpty ? .none : .key(key)
        case .full:
            // A part of a key finds more than one row: before 18 the generated columns of one do not come.
            let key = columns.indices.filter { columns[$0].isInPrimaryKey }
            return key.isEmpty || key.count < keySize ? .wholeRow : .key(key)
        }
    }
}

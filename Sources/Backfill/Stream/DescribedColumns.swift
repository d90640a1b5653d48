internal import Catalog
internal import Pgoutput
internal import Postgres

/// Tells which columns a description in the stream means. It names them; the catalog, which is ahead of the stream, tells by the
/// names that they had before a change and have after it which numbers these are. Pure.
enum DescribedColumns {
    /// The shadow's names for a description's columns, in their order; nil where that is not certain: the table was changed
    /// more than the catalog shows any more.
    ///
    /// - Parameters:
    ///   - from: the source's table as the shadow's was built from it.
    ///   - next: as it is now, where the shadow's table has been given room for both.
    static func names(of relation: Message.Relation, from: TableShape, next: TableShape?) -> [String]? {
        guard relation.id == from.id else { return nil }
        var names: [String] = []
        var last = 0
        for described in relation.columns {
            var found: [TableShape.Column] = []
            for shape in [from, next].compactMap(\.self) {
                found += shape.columns.filter { column in
                    column.name.utf8.elementsEqual(described.name.utf8) && column.typeOID == described.typeOID.value
                        && column.modifier == described.typeModifier
                }
            }
            guard let number = found.first?.number, found.allSatisfy({ $0.number == number }), number > last else {
                return nil
            }
            last = number
            // Until it is renamed at the end, a column goes by its old name.
            guard let column = from.column(number) ?? next?.column(number) else { return nil }
            names.append(column.name)
        }
        return names
    }
}

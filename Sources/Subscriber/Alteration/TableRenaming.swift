internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

// A table that has another name on the source has it in the shadow too.
extension JobStore {
    /// Renames tables of the shadow, and in the job, in an open transaction. Two may have changed names, so that each goes by a
    /// name of its own in between.
    ///
    /// - Returns: The statements that were run.
    /// - Throws: where the shadow has another object of one of the names.
    public func rename(
        _ moves: [(from: QualifiedName, to: QualifiedName)], schemas: [(from: String, to: String)]
    ) throws(PostgresError) -> [String] {
        var statements = schemas.map {
            "ALTER SCHEMA \(quoteIdentifier($0.from)) RENAME TO \(quoteIdentifier($0.to))"
        }
        let renamed = Dictionary(schemas.map { ($0.from, $0.to) }) { first, _ in first }
        for (number, move) in moves.enumerated() {
            let name = QualifiedName(schema: renamed[move.from.schema] ?? move.from.schema, name: move.from.name)
            let between = QualifiedName(schema: move.to.schema, name: "scry_renamed_\(number)")
            guard name != move.to else { continue }
            statements.append("ALTER TABLE \(name.quoted) RENAME TO \(quoteIdentifier(between.name))")
            guard name.schema != move.to.schema else { continue }
            let moved = QualifiedName(schema: name.schema, name: between.name)
            statements.append("CREATE SCHEMA IF NOT EXISTS \(quoteIdentifier(move.to.schema))")
            statements.append("ALTER TABLE \(moved.quoted) SET SCHEMA \(quoteIdentifier(move.to.schema))")
        }
        for (number, move) in moves.enumerated() {
            let name = QualifiedName(schema: renamed[move.from.schema] ?? move.from.schema, name: move.from.name)
            guard name != move.to else { continue }
            let between = QualifiedName(schema: move.to.schema, name: "scry_renamed_\(number)")
            statements.append("ALTER TABLE \(between.quoted) RENAME TO \(quoteIdentifier(move.to.name))")
        }
        for statement in statements { try shadow.connection.query(statement) }
        for (number, move) in moves.enumerated() {
            try rename(move.from, QualifiedName(schema: "", name: String(number)))
        }
        for (number, move) in moves.enumerated() {
            try rename(QualifiedName(schema: "", name: String(number)), move.to)
        }
        return statements
    }

    private func rename(_ old: QualifiedName, _ new: QualifiedName) throws(PostgresError) {
        try shadow.connection.query(.subscriberTableRename, [slot, old.schema, old.name, new.schema, new.name])
    }
}

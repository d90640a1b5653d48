internal import Postgres

/// The SQL that writes one relation's rows; values are parameters in the order of the columns.
extension RelationPlan {
    /// Every written column's value.
    var insertStatement: String {
        let written = columns.filter { !$0.isGenerated }
        guard !written.isEmpty else { return "INSERT INTO \(table.name.quoted) DEFAULT VALUES" }
        let names = written.map { quoteIdentifier($0.name) }.joined(separator: ", ")
        let values = written.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        // An identity column's value is the source's.
        let overriding = written.contains(where: \.isIdentity) ? " OVERRIDING SYSTEM VALUE" : ""
        return "INSERT INTO \(table.name.quoted) (\(names))\(overriding) VALUES (\(values))"
    }

    /// The new values of all written columns but the unchanged, then the old ones of the identity's; nil where nothing is set.
    func updateStatement(unchanged: [Int]) -> String? {
        var assignments: [String] = []
        for (place, column) in columns.enumerated() where !column.isGenerated && !unchanged.contains(place) {
            assignments.append("\(quoteIdentifier(column.name)) = $\(assignments.count + 1)")
        }
        guard !assignments.isEmpty else { return nil }
        return "UPDATE \(only)\(table.name.quoted) SET \(assignments.joined(separator: ", ")) WHERE "
            + condition(from: assignments.count + 1)
    }

    /// The old values of the identity's columns.
    var deleteStatement: String { "DELETE FROM \(only)\(table.name.quoted) WHERE \(condition(from: 1))" }

    /// The identity's columns that a condition compares.
    var identityColumns: [Int] {
        switch identity {
        case .key(let places): places
        // Columns that depend on the others make the condition no narrower.
        case .wholeRow: columns.indices.filter { !columns[$0].isGenerated }
        case .none: []
        }
    }

    /// The source names every table that it changed; only rows of a partitioned table are elsewhere.
    private var only: String { table.isPartitioned ? "" : "ONLY " }

    private func condition(from first: Int) -> String {
        var terms: [String] = []
        for (offset, place) in identityColumns.enumerated() {
            let column = columns[place]
            let name = quoteIdentifier(column.name)
            let parameter = "$\(first + offset)"
            if case .key = identity {
                terms.append("\(name) \(column.equality) \(parameter)")
            } else if column.equalityIsExact {
                terms.append(
                    "(\(name) OPERATOR(pg_catalog.=) \(parameter) OR (\(name) IS NULL AND \(parameter) IS NULL))")
            } else {
                // concat() writes a value as its type's output function does. The old value is read and written by the shadow
                // too: another version may write it in other words (float8 before 12). DISTINCT FROM NULL is true of a row
                // of nulls, which IS NOT NULL is not.
                let old = "\(parameter)::\(column.type.quoted)"
                terms.append(
                    "((\(name) IS NOT DISTINCT FROM NULL AND \(old) IS NOT DISTINCT FROM NULL) OR (\(name) IS DISTINCT FROM NULL"
                        + " AND \(old) IS DISTINCT FROM NULL AND pg_catalog.concat(\(name)) COLLATE \"C\" OPERATOR(pg_catalog.=)"
                        + " (SELECT pg_catalog.concat(\(old)))))"
                )
            }
        }
        let all = terms.isEmpty ? "true" : terms.joined(separator: " AND ")
        guard case .wholeRow = identity else { return all }
        // Exactly one of several equal rows.
        if table.isPartitioned {
            return "(tableoid, ctid) IN (SELECT tableoid, ctid FROM \(table.name.quoted) WHERE \(all) LIMIT 1)"
        }
        return "ctid = (SELECT ctid FROM ONLY \(table.name.quoted) WHERE \(all) LIMIT 1)"
    }
}

/// TRUNCATE of all the tables at once, so that foreign keys among them do not matter. Without CASCADE, which could reach
/// tables that are not followed: the source has named every table that it emptied.
func truncateStatement(_ tables: [ShadowRelation], restartIdentity: Bool) -> String {
    let names = tables.map { ($0.isPartitioned ? "" : "ONLY ") + $0.name.quoted }.joined(separator: ", ")
    return "TRUNCATE \(names)\(restartIdentity ? " RESTART IDENTITY" : "")"
}

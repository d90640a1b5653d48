internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// A table of the shadow, as the apply needs it.
public struct ShadowTable: Hashable, Sendable {
    public let relation: ShadowRelation
    public let columns: [ShadowColumn]

    public init(relation: ShadowRelation, columns: [ShadowColumn]) {
        self.relation = relation
        self.columns = columns
    }
}

/// The facts about the shadow that the stream needs while it has a transaction in hand; nobody waits for the answer.
public enum ShadowQuestion: Hashable, Sendable {
    case table(QualifiedName)
    /// Whether foreign keys of other tables point to any of these, so that TRUNCATE refuses them.
    case areReferenced([ShadowRelation])
}

public enum ShadowAnswer: Hashable, Sendable {
    /// Nil where there is no such relation.
    case table(ShadowTable?)
    case areReferenced(Bool)
}

extension Shadow {
    /// Sends a question; one at a time.
    public func ask(_ question: ShadowQuestion) throws(PostgresError) {
        switch question {
        case .table(let name): try connection.send(.subscriberTable, [name.schema, name.name])
        case .areReferenced(let tables):
            try connection.send(.subscriberReferencedFromElsewhere, [ArrayText.text(tables.map(\.oid.description))])
        }
    }

    /// The answer, if it has come; nil while it has not.
    public func answer(to question: ShadowQuestion) throws(PostgresError) -> ShadowAnswer? {
        guard let result = try connection.answerIfComplete() else { return nil }
        switch question {
        case .table(let name): return .table(try table(name, result))
        case .areReferenced: return .areReferenced(try result.rows.first?.bool("is_referenced") ?? false)
        }
    }

    /// Waits for an answer that is not wanted any more.
    public func discardAnswer() { connection.discardAnswer() }

    /// A row a column; one without column where the table has none.
    private func table(_ name: QualifiedName, _ result: QueryResult) throws(PostgresError) -> ShadowTable? {
        guard let first = result.rows.first else { return nil }
        let kind = try first.string("kind")
        let relation = ShadowRelation(
            oid: try first.oid("oid"), name: name, isPartitioned: kind == "p", isTable: ["r", "p"].contains(kind))
        var columns: [ShadowColumn] = []
        for row in result.rows where try row.optionalString("name") != nil { columns.append(try ShadowColumn(row)) }
        return ShadowTable(relation: relation, columns: columns)
    }
}

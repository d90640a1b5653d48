internal import Job
public import Postgres
internal import Subscriber

/// A change of the source's schema that the job has seen, as `\ddl` shows it.
public struct SchemaChangeEntry: Sendable, Hashable, Encodable {
    /// ISO 8601.
    public let at: String
    /// The source's position when its catalog showed the change.
    public let position: LSN
    public let table: QualifiedName
    public let change: String
    /// `followed`, `copied again` or `rows kept`.
    public let action: String
    /// Run in the shadow.
    public let statements: [String]
    public let milliseconds: Double

    private enum CodingKeys: String, CodingKey {
        case at, lsn, table, change, action, statements, milliseconds
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at, forKey: .at)
        try container.encode(position.description, forKey: .lsn)
        try container.encode(table.description, forKey: .table)
        try container.encode(change, forKey: .change)
        try container.encode(action, forKey: .action)
        try container.encode(statements, forKey: .statements)
        try container.encode(milliseconds, forKey: .milliseconds)
    }
}

extension JobControl {
    /// The latest changes of the source's schema, the newest last. Throws where there is no job.
    public func schemaChanges(latest count: Int) throws(PostgresError) -> [SchemaChangeEntry] {
        guard try store.job() != nil else { throw JobFault.noJob() }
        return try store.schemaChanges(latest: count).map {
            SchemaChangeEntry(
                at: $0.at ?? "", position: $0.position, table: $0.table, change: $0.change, action: $0.action.rawValue,
                statements: $0.statements, milliseconds: $0.milliseconds)
        }
    }
}

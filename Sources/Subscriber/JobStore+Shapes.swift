public import Catalog
internal import Job
internal import Libpq
public import Postgres
internal import Scripts

/// The memory of what a table of the shadow was built from.
public struct RememberedShape: Sendable, Hashable {
    public let table: QualifiedName
    /// The stream applies its changes.
    public let isStreamed: Bool
    /// Nil where it is not known: an older release has copied the table.
    public let shape: TableShape?
    /// The shape that it is becoming, and the position past which the stream has rows of that alone.
    public let next: (shape: TableShape, position: LSN)?
    /// The last TRUNCATE that the stream has brought.
    public let emptiedBy: TransactionID?

    /// The last that the job knows of the source's table.
    public var latest: TableShape? { next?.shape ?? shape }

    public init(
        table: QualifiedName, isStreamed: Bool = true, shape: TableShape?,
        next: (shape: TableShape, position: LSN)? = nil,
        emptiedBy: TransactionID? = nil
    ) {
        self.table = table
        self.isStreamed = isStreamed
        self.shape = shape
        self.next = next
        self.emptiedBy = emptiedBy
    }

    public static func == (left: RememberedShape, right: RememberedShape) -> Bool {
        left.table == right.table && left.isStreamed == right.isStreamed && left.shape == right.shape
            && left.next?.shape == right.next?.shape && left.next?.position == right.next?.position
            && left.emptiedBy == right.emptiedBy
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(table)
        hasher.combine(shape)
    }
}

/// A change of the source's schema that a job has seen.
public struct SchemaChangeRecord: Sendable, Hashable {
    public enum Action: String, Sendable, Hashable {
        case followed
        case copiedAgain = "copied again"
        case rowsKept = "rows kept"
    }

    /// ISO 8601; nil for one that is not recorded yet.
    public let at: String?
    /// The source's position when its catalog showed the change.
    public let position: LSN
    public let table: QualifiedName
    /// For people.
    public let change: String
    public let action: Action
    /// Run in the shadow.
    public let statements: [String]
    public let milliseconds: Double

    public init(
        at: String? = nil, position: LSN, table: QualifiedName, change: String, action: Action, statements: [String],
        milliseconds: Double
    ) {
        self.at = at
        self.position = position
        self.table = table
        self.change = change
        self.action = action
        self.statements = statements
        self.milliseconds = milliseconds
    }
}

// What the shadow's tables were built from.
extension JobStore {
    /// Of all tables that are in the publication, as far as the job knows.
    public func shapes() throws(PostgresError) -> [RememberedShape] {
        var shapes: [RememberedShape] = []
        for row in try shadow.connection.query(.subscriberShapes, [slot]).rows {
            var next: (TableShape, LSN)?
            if let shape = try shape(row, "next_shape") { next = (shape, try row.optionalLSN("next_lsn") ?? .invalid) }
            shapes.append(
                RememberedShape(
                    table: try row.qualifiedName(), isStreamed: try row.bool("is_streamed"),
                    shape: try shape(row, "shape"), next: next,
                    emptiedBy: try row.optionalTransactionID("emptied_by")))
        }
        return shapes
    }

    private func shape(_ row: Row, _ column: String) throws(PostgresError) -> TableShape? {
        guard let text = try row.optionalString(column) else { return nil }
        guard let shape = JobDocument.shape(text) else {
            throw JobFault.unknownValue(text, of: "followed_table.\(column)")
        }
        return shape
    }

    /// - Parameter next: the shape that the table is becoming, and the position past which the stream has rows of that alone.
    public func setShape(
        _ table: QualifiedName, _ shape: TableShape?, next: (shape: TableShape, position: LSN)? = nil
    ) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberShapeSet,
            [
                slot, table.schema, table.name, shape.flatMap { JobDocument.text($0) },
                (next?.shape).flatMap { JobDocument.text($0) }, next?.position.description,
            ])
    }

    /// The position of the source up to which the shadow has its schema; nil before it was first compared.
    public func schemaPosition() throws(PostgresError) -> LSN? {
        try shadow.connection.query(.subscriberSchemaPosition, [slot]).rows.first?.optionalLSN("position")
    }

    public func setSchemaPosition(_ position: LSN) throws(PostgresError) {
        try shadow.connection.query(.subscriberSchemaPositionSet, [slot, position.description])
    }

    public func record(_ change: SchemaChangeRecord) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberSchemaChangeInsert,
            [
                slot, change.position.description, change.table.schema, change.table.name, try held(change.change),
                change.action.rawValue, ArrayText.text(change.statements), String(change.milliseconds),
            ])
    }

    /// The latest changes of the source's schema, the newest last.
    public func schemaChanges(latest count: Int) throws(PostgresError) -> [SchemaChangeRecord] {
        var changes: [SchemaChangeRecord] = []
        for row in try shadow.connection.query(.subscriberSchemaChanges, [slot, String(count)]).rows {
            changes.append(
                SchemaChangeRecord(
                    at: try row.string("at"), position: try row.lsn("seen_lsn"), table: try row.qualifiedName(),
                    change: try row.string("change"), action: try row.word("action", of: "schema_change"),
                    statements: try row.strings("statements"),
                    milliseconds: try row.optionalDouble("milliseconds") ?? 0))
        }
        return changes
    }
}

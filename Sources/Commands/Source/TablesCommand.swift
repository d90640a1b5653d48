internal import Backfill
internal import Catalog
internal import Configuration
internal import Postgres
internal import Publisher

private struct TablesArguments: CommandArguments {
    var pattern: String?
    var plus = false

    static var declared: [Argument<Self>] {
        [.operand(\.pattern, .tables), .plus(\.plus)]
    }
}

extension Command {
    static let tables = Command(
        "tables", "[PATTERN]", help: "list tables, how their rows are identified, and whether they are published",
        arguments: TablesArguments.self
    ) { context, arguments throws(PostgresError) in
        let source = try context.openSource()
        var pattern: TablePattern?
        if let operand = arguments.pattern { pattern = try TablePattern(operand) }
        // A person who asks for a table by name is to see why it cannot be followed at all.
        let tables = try source.tables(matching: pattern, includingOthers: pattern != nil).filter { !$0.isSystem }
        let sizes = try source.sizes(of: tables.map(\.oid))
        let publication = try source.publication(context.configuration.source.publicationName)
        let published = try PublishedState(publication, source)
        let job = try JobStates(context)
        let problems = try TableProblems(tables, publication, source)
        let documents = tables.map { table in
            TableDocument(
                table, sizes[table.oid], published, state: job.states[table.name],
                problem: job.problems[table.name] ?? problems.problem(of: table, isPublished: published.holds(table)))
        }
        var blocks: [Output.Block] = [.table(listing(documents, plus: arguments.plus))]
        if let failure = job.failure {
            blocks.append(
                .warning("the state in the job is not shown: \(failure.message)", hint: failure.hint))
        }
        return Output(blocks, document: TablesDocument(tables: documents))
    }

    private static func listing(_ tables: [TableDocument], plus: Bool) -> OutputTable {
        var columns = [
            OutputTable.Column("table"), .init("rows", rightAligned: true), .init("size", rightAligned: true),
            .init("replica identity"), .init("key"), .init("published"), .init("state"), .init("problem"),
        ]
        if plus { columns += [.init("kind"), .init("owner"), .init("published columns"), .init("row filter")] }
        let rows = tables.map { table in
            var row: [String?] = [
                "\(QualifiedName(schema: table.schema, name: table.name))", table.estimatedRows.value.map(String.init),
                byteText(table.totalBytes), table.replicaIdentity,
                table.key.value.map { $0.map(QualifiedName.display).joined(separator: ", ") },
                booleanText(table.published),
                table.state.value, table.problem.value,
            ]
            if plus {
                row += [
                    table.kind, table.owner,
                    table.columns.value.map { $0.map(QualifiedName.display).joined(separator: ", ") },
                    table.rowFilter.value,
                ]
            }
            return row
        }
        return OutputTable(title: "List of tables", columns: columns, rows: rows)
    }
}

/// How far the job is with each of its tables, as the shadow has it noted; a source is listed without its shadow too.
private struct JobStates {
    private(set) var states: [QualifiedName: String] = [:]
    private(set) var problems: [QualifiedName: String] = [:]
    /// Why the shadow, which is configured, could not be asked.
    private(set) var failure: PostgresError?

    init(_ context: CommandContext) throws(PostgresError) {
        guard context.shadow != nil else { return }
        do throws(PostgresError) {
            for table in try context.jobControl().tables() {
                states[table.name] = table.state
                problems[table.name] = table.remarks
            }
        } catch {
            guard error.origin != .interrupted else { throw error }
            failure = error
        }
    }
}

/// The tables that the job's publication sends.
private struct PublishedState {
    private var sent: [OID: PublishedTable] = [:]
    private var leaves: [OID: [PartitionLeaf]] = [:]

    init(_ publication: Publication?, _ source: any CatalogReader) throws(PostgresError) {
        guard let publication else { return }
        for table in try source.publishedTables(of: [publication.name])[publication.name] ?? [] {
            sent[table.oid] = table
        }
        let partitioned = try source.tables().filter { $0.kind == .partitioned }.map(\.oid)
        leaves = try source.partitionLeaves(of: partitioned)
    }

    func table(_ oid: OID) -> PublishedTable? { sent[oid] }

    /// A partitioned table is published as itself, or with all its partitions; a partition also through a table above it.
    func holds(_ table: Table) -> Bool {
        if sent[table.oid] != nil { return true }
        if let below = leaves[table.oid], !below.isEmpty, below.allSatisfy({ sent[$0.oid] != nil }) { return true }
        return leaves.contains { root, below in sent[root] != nil && below.contains { $0.oid == table.oid } }
    }
}

private struct TablesDocument: Encodable, Sendable {
    let tables: [TableDocument]
}

private struct TableDocument: Encodable, Sendable {
    let schema: String
    let name: String
    let kind: String
    let owner: String
    let estimatedRows: OrNull<Int>
    let totalBytes: Int
    let replicaIdentity: String
    /// The columns by which the WAL names a row; null: none.
    let key: OrNull<[String]>
    let published: Bool
    /// Null: all.
    let columns: OrNull<[String]>
    let rowFilter: OrNull<String>
    /// `pending`, `copying`, `catch-up`, `ready`, `unpublished` or `failed`; null: not in the job.
    let state: OrNull<String>
    let problem: OrNull<String>

    init(_ table: Table, _ size: TableSize?, _ published: PublishedState, state: String?, problem: String?) {
        self.state = OrNull(state)
        self.problem = OrNull(problem)
        schema = table.name.schema
        name = table.name.name
        kind = table.persistence == .unlogged ? "unlogged \(table.kind.name)" : table.kind.name
        owner = table.owner
        estimatedRows = OrNull(size?.estimatedRows)
        totalBytes = size?.totalBytes ?? 0
        replicaIdentity = table.replicaIdentity.name
        key = OrNull(table.identityIndex?.columns)
        self.published = published.holds(table)
        columns = OrNull(published.table(table.oid)?.columns)
        rowFilter = OrNull(published.table(table.oid)?.rowFilter)
    }

    private enum CodingKeys: String, CodingKey {
        case schema, name, kind, owner, key, published, columns, state, problem
        case estimatedRows = "estimated_rows"
        case totalBytes = "total_bytes"
        case replicaIdentity = "replica_identity"
        case rowFilter = "row_filter"
    }
}

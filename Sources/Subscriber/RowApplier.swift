public import Changes
internal import Libpq
internal import Pgoutput
public import Postgres
internal import Scripts

/// Writes the source's transactions into the shadow, a statement a row.
///
/// One shadow transaction holds one or more whole source transactions and the progress that they make:
///
///     begin()                         BEGIN
///     insert / update / delete / …    a prepared statement each, queued in the pipeline
///     commit(progress)                the stream's reports about partitions; the progress; COMMIT; sync
///     … until isIdle                  every answer has been read, the transaction is durable
///
/// Statements are queued without waiting; `process` reads the answers that have come. Every change must touch exactly one
/// row: anything else is a conflict and ends the work, and with it the transaction. After an error the session is of no
/// more use; a transaction that was not committed has not happened.
///
/// The next transaction must not begin before `isIdle`: a statement after the failed one's sync would be carried out.
public final class RowApplier {
    private let shadow: Shadow
    private let slot: String
    private let lane: Int
    private let defersConstraints: Bool
    private var parameters = ParameterBuffer()
    private var answers = AnswerQueue()
    private var statementCount = 0
    private var sinceSync = 0
    /// Statements queued since the transaction began.
    public private(set) var changes = 0

    /// More than so many unanswered statements, and the caller should wait.
    public static let depthLimit = 4000
    private static let syncInterval = 500

    /// - Parameters:
    ///   - shadow: a session of its own; the pipeline takes it whole.
    ///   - lane: whose progress it records; the job's position is where the last of its lanes is.
    ///   - defersConstraints: keys that are deferrable are checked at the commit: the source may have checked them after many
    ///     rows of one statement, of which each comes by itself. A replica checks none.
    public init(
        _ shadow: Shadow, slot: String, lane: Int = 0, defersConstraints: Bool = false
    ) throws(PostgresError) {
        self.shadow = shadow
        self.slot = slot
        self.lane = lane
        self.defersConstraints = defersConstraints
        try shadow.connection.enterPipeline()
        for statement in Fixed.allCases {
            try shadow.connection.pipelinePrepare(statement.rawValue, statement.script.text)
            answers.push(Answer(.prepare, table: nil))
        }
        try sync()
    }

    public var descriptor: Int32 { shadow.connection.descriptor }
    public var hasUnsentData: Bool { shadow.connection.hasUnsentData }
    public var isIdle: Bool { answers.isEmpty }
    public var isFull: Bool { answers.count > Self.depthLimit }

    /// Sends and takes in all that it can without waiting, and checks the answers that have come; false where none has.
    ///
    /// Throws the first failure: the server's error, or a conflict.
    public func process() throws(PostgresError) -> Bool {
        try shadow.connection.exchange()
        var hasAnswers = false
        while let result = try shadow.connection.tryPipelineResult() {
            guard let answer = answers.pop() else {
                throw PostgresError("the shadow sent an answer too many", sqlState: .protocolViolation)
            }
            try answer.check(result)
            hasAnswers = true
        }
        return hasAnswers
    }

    // MARK: Transactions

    public func begin() throws(PostgresError) {
        try run(.begin)
        if defersConstraints { try run(.deferConstraints) }
        changes = 0
    }

    /// Queues the stream's reports about partitions, the progress, the commit and a sync. These records come last, so
    /// that the transaction has locked the tables before it locks rows of the job.
    public func commit(_ progress: Progress, _ sightings: [PartitionSighting] = []) throws(PostgresError) {
        for sighting in sightings { try record(sighting) }
        switch progress.catchUp {
        case .none: try recordPosition(progress)
        case .nearer(let tables): try recordTables(.nearer, tables, [progress.end.description])
        case .reached(let tables):
            try recordTables(.reached, tables, [])
            try recordPosition(progress)
        }
        try run(.commit)
        try sync()
    }

    /// The statements that every transaction may need, by the names under which they are prepared.
    private enum Fixed: String, CaseIterable {
        case begin = "scry_begin"
        case deferConstraints = "scry_defer"
        case commit = "scry_commit"
        case progress = "scry_progress"
        case nearer = "scry_nearer"
        case reached = "scry_reached"
        case seen = "scry_seen"
        case emptied = "scry_emptied"
        case rootEmptied = "scry_root_emptied"

        var script: Script {
            switch self {
            case .begin: .sessionBegin
            case .deferConstraints: .subscriberDeferConstraints
            case .commit: .sessionCommit
            case .progress: .subscriberProgress
            case .nearer: .subscriberTablesProgress
            case .reached: .subscriberTablesCaughtUp
            case .seen: .subscriberPartitionHeard
            case .emptied: .subscriberTableEmptied
            case .rootEmptied: .subscriberPartitionsEmptied
            }
        }

        var answer: Answer.Kind {
            switch self {
            case .progress: .progress
            case .commit: .commit
            case .begin, .deferConstraints, .nearer, .reached, .seen, .emptied, .rootEmptied: .any
            }
        }
    }

    private func recordPosition(_ progress: Progress) throws(PostgresError) {
        try record(
            .progress,
            [
                String(lane), progress.end.description, progress.commit.description,
                String(progress.commitTime.microseconds), progress.source.description,
            ])
    }

    private func recordTables(
        _ statement: Fixed, _ tables: Set<QualifiedName>, _ values: [String]
    ) throws(PostgresError) {
        try record(statement, tables.arrays + values)
    }

    private func record(_ sighting: PartitionSighting) throws(PostgresError) {
        switch sighting {
        case .rows(let oid, let name, let root):
            try record(.seen, [root.schema, root.name, oid.description, name.schema, name.name])
        case .truncate(let table, let isRoot, let transaction):
            let values = [table.schema, table.name, transaction.description]
            try record(.emptied, values)
            if isRoot { try record(.rootEmptied, values) }
        }
    }

    private func record(_ statement: Fixed, _ values: [String]) throws(PostgresError) {
        try run(statement, [slot] + values)
    }

    private func run(_ statement: Fixed, _ values: [String] = []) throws(PostgresError) {
        parameters.removeAll()
        for value in values { parameters.append(value) }
        try shadow.connection.pipelineExecute(statement.rawValue, &parameters)
        answers.push(Answer(statement.answer, table: nil))
    }

    // MARK: Changes

    public func insert(_ row: SourceRow, _ table: PreparedStatements) throws(PostgresError) {
        let plan = table.plan
        let statement =
            if let known = table.insert { known } else { try prepare(.insert, plan.insertStatement, table) }
        parameters.removeAll()
        for place in plan.columns.indices where !plan.columns[place].isGenerated {
            try append(row, place, plan)
        }
        try execute(statement, Answer(.insert, table: plan.table.name))
    }

    /// Without an old row the new one has the identity's values.
    public func update(old: OldRow?, new: SourceRow, _ table: PreparedStatements) throws(PostgresError) {
        let plan = table.plan
        guard let statement = try updateStatement(hasOld: old != nil, new, table) else { return }
        parameters.removeAll()
        for place in plan.columns.indices where !plan.columns[place].isGenerated && new.kind(place) != .unchangedTOAST {
            try append(new, place, plan)
        }
        if let old {
            for place in plan.identityColumns { try append(old.row, place, plan) }
        } else {
            for place in plan.identityColumns { try append(new, place, plan) }
        }
        try execute(statement, Answer(.update, table: plan.table.name))
    }

    /// Nil where nothing is to be set.
    private func updateStatement(
        hasOld: Bool, _ new: SourceRow, _ table: PreparedStatements
    ) throws(PostgresError) -> String? {
        let plan = table.plan
        guard plan.identity != .none, hasOld || plan.identity != .wholeRow else { throw noIdentity(plan) }
        var unchanged: [Int] = []
        for place in 0..<new.count where new.kind(place) == .unchangedTOAST { unchanged.append(place) }
        if unchanged.isEmpty, let known = table.update { return known }
        if let known = table.updates[unchanged] { return known }
        guard let sql = plan.updateStatement(unchanged: unchanged) else { return nil }
        return try prepare(.update(unchanged: unchanged), sql, table)
    }

    public func delete(_ old: OldRow, _ table: PreparedStatements) throws(PostgresError) {
        let plan = table.plan
        guard plan.identity != .none else { throw noIdentity(plan) }
        let statement =
            if let known = table.delete { known } else { try prepare(.delete, plan.deleteStatement, table) }
        parameters.removeAll()
        for place in plan.identityColumns { try append(old.row, place, plan) }
        try execute(statement, Answer(.delete, table: plan.table.name))
    }

    /// Empties tables.
    ///
    /// - Parameter byRows: DELETE in place of TRUNCATE, which tables that are referenced from elsewhere refuse.
    public func empty(_ tables: [ShadowRelation], restartIdentity: Bool, byRows: Bool) throws(PostgresError) {
        guard !tables.isEmpty else { return }
        let statements =
            byRows
            ? tables.map { "DELETE FROM \($0.scope)" } : [truncateStatement(tables, restartIdentity: restartIdentity)]
        for statement in statements {
            try shadow.connection.pipelineQuery(statement)
            answers.push(Answer(.truncate, table: tables[0].name))
            try counted()
        }
    }

    /// Gives up the statements of a table that is planned anew.
    public func release(_ table: PreparedStatements) throws(PostgresError) {
        for name in table.names {
            try shadow.connection.pipelineQuery("DEALLOCATE \(name)")
            answers.push(Answer(.any, table: nil))
        }
    }

    // MARK: Parts

    private func append(_ row: SourceRow, _ place: Int, _ plan: RelationPlan) throws(PostgresError) {
        switch row.value(place) {
        case .null: parameters.appendNull()
        case .text(let text): parameters.append(text)
        case .unchangedTOAST, .binary:
            throw PostgresError(
                "a row of \(plan.table.name) has a value in a form that was not asked for",
                hint: "The source does not keep to the protocol; check that nothing stands between it and the engine.",
                sqlState: .protocolViolation)
        }
    }

    private func execute(_ statement: String, _ answer: Answer) throws(PostgresError) {
        try shadow.connection.pipelineExecute(statement, &parameters)
        answers.push(answer)
        try counted()
    }

    private func counted() throws(PostgresError) {
        changes += 1
        sinceSync += 1
        if sinceSync >= Self.syncInterval { try sync() }
    }

    /// Has the server answer all before; inside a transaction this commits nothing (manual, 34.5.1.1).
    private func sync() throws(PostgresError) {
        try shadow.connection.pipelineSync()
        answers.push(Answer(.sync, table: nil))
        sinceSync = 0
    }

    private func prepare(
        _ kind: PreparedStatements.Kind, _ sql: String, _ table: PreparedStatements
    ) throws(PostgresError) -> String {
        statementCount += 1
        // From a counter: a name is never used for anything else again in this session.
        let name = "scry_\(statementCount)"
        try shadow.connection.pipelinePrepare(name, sql)
        answers.push(Answer(.prepare, table: table.plan.table.name))
        table.keep(name, for: kind)
        return name
    }

    private func noIdentity(_ plan: RelationPlan) -> PostgresError {
        PostgresError(
            "the source sent a change of \(plan.table.name) without saying of which row",
            hint: "Give the table a primary key, or REPLICA IDENTITY FULL, on the source.")
    }
}

internal import Libpq
public import Pgoutput
public import Postgres
internal import Scripts

/// Writes the source's transactions into the shadow.
///
/// One shadow transaction holds one or more whole source transactions and the progress that they make:
///
///     begin()                         BEGIN
///     insert / update / delete / …    a prepared statement each, queued in the pipeline
///     commit(progress)                UPDATE scry_backfill.job; COMMIT; sync
///     … until isIdle                  every answer has been read, the transaction is durable
///
/// Statements are queued without waiting; `process` reads the answers that have come. Every change must touch exactly one
/// row: anything else is a conflict and ends the work, and with it the transaction. After an error the session is of no
/// more use; whatever was not committed has not happened.
///
/// The next transaction must not begin before `isIdle`: a statement behind the failed one's sync would be carried out.
public final class Applier {
    private let shadow: Shadow
    private let slot: String
    private let defersConstraints: Bool
    private var plans: [OID: RelationPlan] = [:]
    private var parameters = ParameterBuffer()
    private var answers = AnswerQueue()
    private var statementCount = 0
    private var sinceSync = 0
    /// Statements queued since the transaction began.
    public private(set) var changes = 0
    public private(set) var isInTransaction = false

    /// What becomes of tables that are `catch-up` with a commit.
    public enum CatchUp: Sendable {
        /// There are none.
        case none
        /// They have come nearer to the job's position, which stays where it is.
        case behind(Set<QualifiedName>)
        /// They are where the others are.
        case reached(Set<QualifiedName>)
    }

    /// More than so many unanswered statements, and the caller should wait.
    public static let depthLimit = 4000
    private static let syncInterval = 500

    /// - Parameters:
    ///   - shadow: a session of its own; the pipeline takes it whole.
    ///   - defersConstraints: keys that are deferrable are checked at the commit: the source may have checked them after many
    ///     rows of one statement, of which each comes by itself. A replica checks none.
    public init(_ shadow: Shadow, slot: String, defersConstraints: Bool = false) throws(PostgresError) {
        self.shadow = shadow
        self.slot = slot
        self.defersConstraints = defersConstraints
        try shadow.connection.enterPipeline()
        let statements: [(String, Script)] = [
            ("scry_begin", .sessionBegin), ("scry_defer", .subscriberDeferConstraints), ("scry_commit", .sessionCommit),
            ("scry_progress", .subscriberProgress), ("scry_behind", .subscriberTablesProgress),
            ("scry_reached", .subscriberTablesCaughtUp),
        ]
        for (name, script) in statements {
            try shadow.connection.pipelinePrepare(name, script.text)
            answers.push(Answer(.prepare, table: nil))
        }
        try sync()
    }

    public var descriptor: Int32 { shadow.connection.descriptor }
    public var hasUnsentData: Bool { shadow.connection.hasUnsentData }
    public var isIdle: Bool { answers.isEmpty }
    public var isFull: Bool { answers.count > Self.depthLimit }

    /// Takes in and sends what can be without waiting, and checks the answers that have come.
    ///
    /// Throws the first failure: the server's error, or a conflict.
    public func process() throws(PostgresError) {
        try shadow.connection.exchange()
        while let result = try shadow.connection.tryPipelineResult() {
            guard let answer = answers.pop() else {
                throw PostgresError("the shadow sent an answer too many", sqlState: .protocolViolation)
            }
            try answer.check(result)
        }
    }

    // MARK: Plans

    /// True if this description has no plan yet.
    public func needsPlan(_ relation: CachedRelation) -> Bool {
        plans[relation.relation.id]?.generation != relation.generation
    }

    /// Plans a relation's rows; statements of an earlier description are given up.
    public func plan(
        _ relation: CachedRelation, table: ShadowRelation, columns: [ShadowColumn], snapshotLSN: LSN
    ) throws(PostgresError) {
        let plan = try RelationPlan(relation, table: table, columns: columns, snapshotLSN: snapshotLSN)
        if let old = plans.removeValue(forKey: relation.relation.id) {
            for name in old.prepared.values.sorted() {
                try shadow.connection.pipelineQuery("DEALLOCATE \(name)")
                answers.push(Answer(.any, table: nil))
            }
        }
        plans[relation.relation.id] = plan
    }

    /// Has every relation planned anew. What was prepared for it stays in the session, under names that are not used again.
    public func forgetPlans() { plans.removeAll() }

    /// Where the relation's copy was made; nil without a plan.
    public func snapshotLSN(of relation: OID) -> LSN? { plans[relation]?.snapshotLSN }

    // MARK: Transactions

    public func begin() throws(PostgresError) {
        parameters.removeAll()
        try queue("scry_begin", Answer(.any, table: nil))
        if defersConstraints { try queue("scry_defer", Answer(.any, table: nil)) }
        isInTransaction = true
        changes = 0
    }

    /// Queues the progress, the commit and a sync.
    ///
    /// - Parameters:
    ///   - end: the end of the last transaction's commit record.
    ///   - commit: the commit itself, by which a transaction that comes again is recognized.
    public func commit(
        end: LSN, commit: LSN, time: Timestamp, source: LSN, catchUp: CatchUp = .none
    ) throws(PostgresError) {
        switch catchUp {
        case .none: try noteProgress(end: end, commit: commit, time: time, source: source)
        case .behind(let tables): try executeOnTables("scry_behind", tables, [end.description])
        case .reached(let tables):
            try executeOnTables("scry_reached", tables, [])
            try noteProgress(end: end, commit: commit, time: time, source: source)
        }
        parameters.removeAll()
        try queue("scry_commit", Answer(.commit, table: nil))
        try sync()
        isInTransaction = false
    }

    private func executeOnTables(
        _ statement: String, _ tables: Set<QualifiedName>, _ values: [String]
    ) throws(PostgresError) {
        parameters.removeAll()
        let names = [ArrayText.text(tables.map(\.schema)), ArrayText.text(tables.map(\.name))]
        for value in [slot] + names + values { parameters.append(value) }
        try queue(statement, Answer(.any, table: nil))
    }

    private func noteProgress(end: LSN, commit: LSN, time: Timestamp, source: LSN) throws(PostgresError) {
        parameters.removeAll()
        parameters.append(slot)
        parameters.append(end.description)
        parameters.append(commit.description)
        parameters.append(String(time.microseconds))
        parameters.append(source.description)
        try queue("scry_progress", Answer(.progress, table: nil))
    }

    // MARK: Changes

    public func insert(_ relation: OID, _ row: Tuple, in bytes: RawSpan) throws(PostgresError) {
        guard let plan = plans[relation] else { throw unplanned() }
        let statement: String
        if let known = plan.insert {
            statement = known
        } else {
            statement = try prepare(.insert, plan.insertStatement, relation)
        }
        parameters.removeAll()
        for place in plan.columns.indices where !plan.columns[place].isGenerated {
            try append(row, place, bytes, of: plan)
        }
        try execute(statement, Answer(.insert, table: plan.table.name))
    }

    public func update(
        _ relation: OID, old kind: Message.OldTuple?, _ old: Tuple, _ new: Tuple, in bytes: RawSpan
    ) throws(PostgresError) {
        guard let plan = plans[relation] else { throw unplanned() }
        guard plan.identity != .none, kind != nil || plan.identity != .wholeRow else { throw noIdentity(plan) }
        var unchanged: [Int] = []
        for place in 0..<new.count where new[place].kind == .unchangedTOAST { unchanged.append(place) }
        let statement: String
        if unchanged.isEmpty, let known = plan.updateByKey {
            statement = known
        } else if let known = plan.prepared[.update(unchanged: unchanged)] {
            statement = known
        } else {
            guard let sql = plan.updateStatement(unchanged: unchanged) else { return }
            statement = try prepare(.update(unchanged: unchanged), sql, relation)
        }
        parameters.removeAll()
        for place in plan.columns.indices where !plan.columns[place].isGenerated && new[place].kind != .unchangedTOAST {
            try append(new, place, bytes, of: plan)
        }
        for place in plan.identityColumns {
            try append(kind == nil ? new : old, place, bytes, of: plan)
        }
        try execute(statement, Answer(.update, table: plan.table.name))
    }

    public func delete(_ relation: OID, _ old: Tuple, in bytes: RawSpan) throws(PostgresError) {
        guard let plan = plans[relation] else { throw unplanned() }
        guard plan.identity != .none else { throw noIdentity(plan) }
        let statement: String
        if let known = plan.deleteByKey {
            statement = known
        } else {
            statement = try prepare(.delete, plan.deleteStatement, relation)
        }
        parameters.removeAll()
        for place in plan.identityColumns { try append(old, place, bytes, of: plan) }
        try execute(statement, Answer(.delete, table: plan.table.name))
    }

    /// The shadow's tables; those without plan are not followed.
    public func tables(of relations: [OID]) -> [ShadowRelation] { relations.compactMap { plans[$0]?.table } }

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

    // MARK: Parts

    private func append(_ row: Tuple, _ place: Int, _ bytes: RawSpan, of plan: RelationPlan) throws(PostgresError) {
        guard place < row.count else {
            throw PostgresError(
                "a row of \(plan.table.name) has \(row.count) columns, too few", sqlState: .protocolViolation)
        }
        switch row.value(place, in: bytes) {
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
        try queue(statement, answer)
        try counted()
    }

    /// Has a prepared statement run with the parameters.
    private func queue(_ statement: String, _ answer: Answer) throws(PostgresError) {
        try shadow.connection.pipelineExecute(statement, &parameters)
        answers.push(answer)
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

    private func prepare(_ kind: RelationPlan.Statement, _ sql: String, _ relation: OID) throws(PostgresError) -> String
    {
        statementCount += 1
        // From a counter: a name is never used for anything else again in this session.
        let name = "scry_\(statementCount)"
        let table = plans[relation]?.table.name
        try shadow.connection.pipelinePrepare(name, sql)
        answers.push(Answer(.prepare, table: table))
        plans[relation]?.prepared[kind] = name
        switch kind {
        case .insert: plans[relation]?.insert = name
        case .update(let unchanged): if unchanged.isEmpty { plans[relation]?.updateByKey = name }
        case .delete: plans[relation]?.deleteByKey = name
        }
        return name
    }

    private func unplanned() -> PostgresError {
        PostgresError("a row came before its table was planned", sqlState: .internalError)
    }

    private func noIdentity(_ plan: RelationPlan) -> PostgresError {
        PostgresError(
            "the source sent a change of \(plan.table.name) without saying of which row",
            hint: "Give the table a primary key, or REPLICA IDENTITY FULL, on the source.")
    }
}

internal import Catalog
internal import Changes
internal import Job
internal import Pgoutput
internal import Postgres
internal import Subscriber

/// The treatment of a relation's rows.
enum Route {
    /// They are not applied: the table is not followed, or its copy will have them.
    case skip
    case apply(Target)

    struct Target {
        let statements: PreparedStatements
        /// Changes that committed before this came with the table's copy.
        let snapshot: LSN
        /// The table was copied at an earlier position than the job's.
        let catchesUp: Bool

        var table: ShadowRelation { statements.plan.table }
    }
}

/// Finds the route of each relation that the source describes, and keeps it until another description comes. It
/// asks the shadow over the control session, and the thread beside the stream about the publication; it waits for neither.
final class RelationRoutes {
    private let control: Shadow
    private var tables: [QualifiedName: FollowedTable.State]
    /// By the table's OID on the source.
    private let shapes: [OID: RememberedShape]
    private let requests: StreamRequests?
    private let schema: SchemaRequests
    /// A job that copies nothing must know how to treat a table before it applies the table's changes.
    private let asksAboutUnknown: Bool
    private var routes: [OID: (generation: UInt64, route: Route)] = [:]
    private var question: ShadowQuestion?
    private var received: (question: ShadowQuestion, answer: ShadowAnswer)?
    /// Statements of earlier descriptions, to be given up.
    private var outdated: [PreparedStatements] = []

    init(
        _ control: Shadow, _ tables: [FollowedTable], _ shapes: [RememberedShape], requests: StreamRequests?,
        schema: SchemaRequests, asksAboutUnknown: Bool
    ) {
        self.control = control
        self.shapes = Dictionary(shapes.compactMap { known in known.shape.map { ($0.id, known) } }) { first, _ in first
        }
        self.schema = schema
        self.tables = Dictionary(tables.map { ($0.name, $0.state) }) { first, _ in first }
        self.requests = requests
        self.asksAboutUnknown = asksAboutUnknown
    }

    /// The route of a description in a transaction; nil while it is not known yet.
    ///
    /// Throws where the shadow lacks the table or a column.
    func route(
        _ relation: CachedRelation, in transaction: TransactionID, _ positions: StreamPositions
    ) throws(PostgresError) -> Route? {
        let id = relation.relation.id
        if let known = routes[id], known.generation == relation.generation { return known.route }
        let name = shapes[id]?.table ?? relation.relation.name
        // Rows that came with a later copy may be of a shape that the shadow never had.
        if let state = tables[name], let snapshot = state.snapshot,
            !positions.applies(copiedAt: snapshot, catchesUp: state.catchesUp)
        {
            return .skip
        }
        guard let route = try find(relation, name, transaction) else { return nil }
        if case .apply(let target)? = routes[id]?.route { outdated.append(target.statements) }
        routes[id] = (relation.generation, route)
        return route
    }

    private func find(
        _ relation: CachedRelation, _ name: QualifiedName, _ transaction: TransactionID
    ) throws(PostgresError) -> Route? {
        guard let state = tables[name] else {
            // FOR ALL TABLES sends a job's state too, where the source is that job's shadow.
            guard !name.isState else { return .skip }
            guard asksAboutUnknown, let requests else {
                // Its copy is still to come, and will have these rows.
                self.requests?.wake()
                return .skip
            }
            awaitsPublication = requests.isUnpublished(name) != true
            return awaitsPublication ? nil : .skip
        }
        guard let snapshot = state.snapshot else { return .skip }
        awaitedTable = nil
        guard schema.confirms(relation.relation.id, in: transaction) else {
            awaitedTable = relation.relation.id
            return nil
        }
        guard let shape = shapes[relation.relation.id],
            let names = shape.shape.flatMap({
                DescribedColumns.names(of: relation.relation, from: $0, next: shape.next?.shape)
            })
        else {
            schema.reportMismatch(relation.relation.id)
            awaitedTable = relation.relation.id
            return nil
        }
        guard case .table(let found)? = try answer(to: .table(name)) else { return nil }
        guard let found, found.relation.isTable else { throw JobFault.goneFromShadow(name) }
        let plan = try RelationPlan(relation.relation, found, names: names)
        return .apply(
            Route.Target(statements: PreparedStatements(plan), snapshot: snapshot, catchesUp: state.catchesUp))
    }

    /// Whether TRUNCATE would refuse the tables; nil while that is not known yet.
    func areReferenced(_ tables: [ShadowRelation]) throws(PostgresError) -> Bool? {
        guard case .areReferenced(let isSo)? = try answer(to: .areReferenced(tables)) else { return nil }
        return isSo
    }

    /// No change of these tables is applied any more.
    func exclude(_ names: Set<QualifiedName>) {
        for name in names { tables[name] = .copying }
        for case (let id, (_, .apply(let target))) in routes where names.contains(target.table.name) {
            outdated.append(target.statements)
            routes[id] = nil
        }
    }

    /// Statements that are not needed any more.
    func takeOutdated() -> [PreparedStatements] {
        defer { outdated = [] }
        return outdated
    }

    /// Whether the publication has a table, as far as the job knows; nil where it does not know the table.
    func isPublished(_ table: QualifiedName) -> Bool? { tables[table].map { $0 != .unpublished } }

    // MARK: Questions

    /// The part in hand waits for the thread beside the stream to read the publication.
    private(set) var awaitsPublication = false
    /// The part in hand waits for the source's catalog to be compared, or for the stream to be asked to end.
    var awaitsSchema: Bool { awaitedTable != nil }
    private(set) var awaitedTable: OID?

    /// Leaves the control session without an answer on its way.
    func end() {
        if question != nil { control.discardAnswer() }
        question = nil
    }

    /// Takes in an answer; false where none has come.
    func process() throws(PostgresError) -> Bool {
        guard let asked = question, let answer = try control.answer(to: asked) else { return false }
        question = nil
        received = (asked, answer)
        return true
    }

    private func answer(to wanted: ShadowQuestion) throws(PostgresError) -> ShadowAnswer? {
        if let received, received.question == wanted {
            self.received = nil
            return received.answer
        }
        if question == nil {
            try control.ask(wanted)
            question = wanted
        }
        return nil
    }
}

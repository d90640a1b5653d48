internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Publisher
internal import Subscriber

/// Compares the source's catalog with what the shadow's tables were built from, and acts on what has changed.
final class SchemaRound {
    enum Outcome {
        case done
        /// Something waits for the stream, or for a lock in the shadow, so that another round is wanted soon.
        case waits
        /// The stream has to end.
        case ends(StreamRequests.End)

        var waits: Bool { if case .waits = self { true } else { false } }
    }

    private let session: JobSession
    private let requests: SchemaRequests
    private let stream: StreamRequests?
    /// Tables whose rows are in another file, nobody knows why: the file, and the source's position when that was seen.
    private var doubts: [OID: (fileNode: UInt32, position: LSN)] = [:]

    private var store: JobStore { session.store }

    init(_ session: JobSession, _ requests: SchemaRequests, _ stream: StreamRequests?) {
        self.session = session
        self.requests = requests
        self.stream = stream
    }

    /// Somebody holds a table of the shadow for longer than this, in milliseconds: the stream goes on meanwhile.
    private static let lockWait = 2000

    func run() throws(PostgresError) -> Outcome {
        let mismatches = requests.takeMismatches()
        // In this order: what the job knows holds all that the stream had brought until its position.
        let block = requests.block
        guard let job = try store.job() else { throw JobFault.removedWhileRunning() }
        let known = try store.shapes().filter(\.isStreamed)
        let compared = try session.source.sourcePosition()
        let seen = try look(known)
        // All that was seen had been committed before this.
        let position = try session.source.sourcePosition()
        var plan = SchemaPlan(
            known, seen.shapes, names: seen.names, mismatches: mismatches, applied: job.appliedLSN ?? .invalid,
            block: block, policy: session.settings.onSchemaChange)
        var waits = try settle(&plan, job, position)
        if !plan.isEmpty || !mismatches.isEmpty {
            if session.settings.onSchemaChange == .stop, let change = plan.change {
                return .ends(.failure(JobFault.schemaChangeStops(change.table, change.description)))
            }
            guard job.mode.copies || plan.copies.isEmpty else {
                return .ends(.failure(JobFault.schemaChanged(plan.copies[0].table, plan.copies[0].change)))
            }
            try requests.pause(session.stop)
            defer { requests.resume() }
            let isDone = try carryOut(plan, known, seen.shapes, position)
            // What else has become of tables that were renamed is seen by the next round.
            if !isDone || !plan.moves.isEmpty { return .waits }
            // The phase without a thread that copies ends, and the next attempt copies.
            if stream == nil, !plan.copies.isEmpty {
                return .ends(.rerun(.schemaChanged(plan.copies.map(\.table))))
            }
        }
        if plan.waits { waits = true }
        requests.confirm(seen.snapshot, but: plan.held)
        if waits { return .waits }
        if plan.isEmpty { try store.setSchemaPosition(compared) }
        return plan.isEmpty ? .done : .waits
    }

    private func look(
        _ known: [RememberedShape]
    ) throws(PostgresError) -> (snapshot: TransactionSnapshot, shapes: [OID: TableShape], names: [QualifiedName: OID]) {
        let source = session.source
        return try source.atOneMoment { () throws(PostgresError) in
            let snapshot = try source.transactionSnapshot()
            let names = try source.oids(of: known.map(\.table))
            let ids = Set(known.compactMap { $0.latest?.id }).union(names.values)
            let shapes = try source.shapes(of: ids)
            return (snapshot, Dictionary(shapes.map { ($0.id, $0) }) { first, _ in first }, names)
        }
    }

    /// Finds out about tables whose rows are in another file. True where that has to wait for the stream.
    private func settle(
        _ plan: inout SchemaPlan, _ job: JobRecord, _ position: LSN
    ) throws(PostgresError) -> Bool {
        var waits = false
        for item in plan.takeRewritten() {
            if try holdsOldRows(item) || item.isEmptied {
                doubts[item.now.id] = nil
                plan.keepRows(item)
                continue
            }
            let doubt = doubts[item.now.id]
            guard let doubt, doubt.fileNode == item.now.fileNode else {
                doubts[item.now.id] = (item.now.fileNode, position)
                waits = true
                continue
            }
            guard job.appliedLSN ?? .invalid >= doubt.position else {
                waits = true
                continue
            }
            doubts[item.now.id] = nil
            plan.copyAgain(item, "its rows were written anew, perhaps with other values")
        }
        return waits
    }

    private func holdsOldRows(_ item: SchemaPlan.Rewritten) throws(PostgresError) -> Bool {
        do throws(PostgresError) {
            return try session.source.holdsRows(of: item.now.name, olderThan: item.then)
        } catch {
            // Renamed, dropped, or not to be read, since the catalog was.
            guard error.isRefusal else { throw error }
            return false
        }
    }

    // MARK: Carrying out

    /// While the stream rests. False where a table of the shadow was held for too long; it is tried again.
    private func carryOut(
        _ plan: SchemaPlan, _ known: [RememberedShape], _ seen: [OID: TableShape], _ position: LSN
    ) throws(PostgresError) -> Bool {
        if !plan.moves.isEmpty {
            do throws(PostgresError) {
                try rename(plan.moves, known, seen, position)
            } catch {
                guard error.sqlState == .lockNotAvailable || error.sqlState == .deadlockDetected else { throw error }
                return false
            }
        }
        for item in plan.remembered { try store.setShape(item.table, item.shape) }
        var isDone = true
        for copy in plan.copies {
            try session.shadow.transaction { () throws(PostgresError) in
                try store.setCopying(copy.table)
                try store.record(
                    SchemaChangeRecord(
                        position: position, table: copy.table, change: copy.change, action: .copiedAgain,
                        statements: [],
                        milliseconds: 0))
            }
            session.journal.log("\(copy.table) is copied again, as on the source \(copy.change)")
        }
        for step in plan.steps {
            do throws(PostgresError) {
                try alter(step, position)
            } catch {
                guard error.sqlState == .lockNotAvailable || error.sqlState == .deadlockDetected else { throw error }
                isDone = false
            }
        }
        if !plan.copies.isEmpty || plan.steps.contains(where: \.needsSchema) { stream?.wake() }
        return isDone
    }

    private func rename(
        _ moves: [TableRenames.Move], _ known: [RememberedShape], _ seen: [OID: TableShape], _ position: LSN
    ) throws(PostgresError) {
        let shadow = session.shadow
        let start = ContinuousClock.now
        let taken = Set(try shadow.schemas())
        let schemas = TableRenames.schemas(known, seen).filter { taken.contains($0.from) && !taken.contains($0.to) }
        try shadow.transaction { () throws(PostgresError) in
            try shadow.limitLockWaits(milliseconds: Self.lockWait)
            var statements: [String] = []
            do throws(PostgresError) {
                statements = try store.rename(moves.map { ($0.from, $0.to) }, schemas: schemas)
            } catch {
                throw error.isRefusal ? JobFault.notFollowable(moves[0].from, "the name \(moves[0].to)", error) : error
            }
            for move in moves {
                guard let table = known.first(where: { $0.table == move.from }) else { continue }
                guard let present = seen[move.oid] else { continue }
                try store.setShape(
                    move.to, table.shape?.named(like: present),
                    next: table.next.map { ($0.shape.named(like: present), $0.position) })
                try store.record(
                    SchemaChangeRecord(
                        position: position, table: move.to, change: "was called \(move.from)", action: .followed,
                        statements: statements, milliseconds: start.duration(to: .now) / .milliseconds(1)))
            }
            try shadow.limitLockWaits(milliseconds: 0)
        }
        for move in moves { session.journal.log("followed: \(move.from) is called \(move.to) now") }
        stream?.wake()
    }

    private func alter(_ step: SchemaPlan.Step, _ position: LSN) throws(PostgresError) {
        let shadow = session.shadow
        let start = ContinuousClock.now
        var refused: [(statement: String, error: PostgresError)] = []
        var done: [String] = []
        // Defaults may name sequences that have other names now.
        if step.kind == .finish, step.changesDefaults { try SequenceCopy(session).run() }
        try shadow.transaction { () throws(PostgresError) in
            try shadow.limitLockWaits(milliseconds: Self.lockWait)
            let alteration = try ShadowAlteration(shadow).plan(step.kind, step.table, from: step.from, to: step.to)
            for statement in alteration.statements {
                if let error = try shadow.make(statement + ";", name: "change of \(step.table)") {
                    // Without room for its rows the table cannot be followed.
                    if step.kind == .loosening { throw JobFault.notFollowable(step.table, statement, error) }
                    refused.append((statement, error))
                } else {
                    done.append(statement)
                }
            }
            switch step.kind {
            case .loosening: try store.setShape(step.table, step.from, next: (step.to, position))
            case .finish, .rebuilding: try store.setShape(step.table, step.to)
            }
            if step.kind == .loosening || !done.isEmpty {
                try store.record(
                    SchemaChangeRecord(
                        position: position, table: step.table, change: step.change, action: .followed, statements: done,
                        milliseconds: start.duration(to: .now) / .milliseconds(1)))
            }
            if step.needsSchema { try store.setStage(.tables) }
            try shadow.limitLockWaits(milliseconds: 0)
        }
        if step.kind == .loosening { session.journal.log("followed: \(step.table) \(step.change)") }
        for (statement, error) in refused {
            session.journal.warn(
                "the shadow did not take a change of \(step.table): \(error.message)",
                hint: "Its rows are followed all the same. Once nothing is in the way, run in the shadow: \(statement)")
        }
    }
}

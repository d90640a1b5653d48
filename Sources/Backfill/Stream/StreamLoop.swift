internal import Catalog
internal import Changes
internal import Job
internal import Libpq
internal import Pgoutput
internal import Postgres
internal import Publisher
internal import Subscriber

/// Carries the stream into the shadow: one thread, three connections, no queue. It polls and carries out;
/// `StreamPositions` decides what is to be done, and `RelationRoutes` where a row belongs.
///
///     source ──messages──▶ assembler ──part of a transaction──▶ routes ──statements──▶ shadow
///     source ◀──durable position── positions ◀──────────── answers ──────────────── shadow
///
/// Nothing is read while a commit is under way, and no part before the one in hand is applied. Inside a transaction
/// nobody is waited for: the loop asks for facts about the shadow or the publication, and goes on with the part in hand
/// when the answer comes.
final class StreamLoop {
    enum Outcome {
        case stopped
        /// The position that was asked for.
        case reached
        /// Tables were copied beside the stream: it is to begin again from where the shadow says.
        case restarts
        case rerun(Rerun)
    }

    private let stream: WALStream
    private let applier: RowApplier
    private let part: PartApplier
    private let control: Shadow
    private let store: JobStore
    private let routes: RelationRoutes
    private let requests: StreamRequests?
    private let schema: SchemaRequests
    private let stop: Interrupt
    private let counters: EngineCounters
    private let target: LSN?
    private let start = ContinuousClock.now

    private var positions: StreamPositions
    private var assembler: TransactionAssembler
    private var wantsNote = false
    private(set) var hasApplied = false

    /// This much of a transaction is kept before it is applied.
    private static let limit = TransactionAssembler.Limit(bytes: 1 << 20, changes: 4000)
    /// Messages that are read before answers and the clock are checked again.
    private static let readAhead = 256

    /// - Parameters:
    ///   - control: the session over which positions are noted and questions asked.
    ///   - target: where to end; nil to go on until stopped.
    init(
        _ stream: WALStream, _ applier: RowApplier, control: Shadow, _ store: JobStore,
        _ positions: StreamPositions, _ routes: RelationRoutes, _ sightings: PartitionSightings, target: LSN?,
        requests: StreamRequests?, schema: SchemaRequests, stop: Interrupt, counters: EngineCounters
    ) {
        self.stream = stream
        self.applier = applier
        self.control = control
        self.store = store
        self.positions = positions
        self.routes = routes
        part = PartApplier(applier, routes, sightings)
        self.target = target
        self.requests = requests
        self.schema = schema
        self.stop = stop
        self.counters = counters
        assembler = TransactionAssembler(stream.options, limit: Self.limit)
    }

    /// All before it is in the shadow, and durable.
    var durablePosition: LSN { positions.durablePosition }

    func run() throws(PostgresError) -> Outcome {
        defer { routes.end() }
        while true {
            _ = try applier.process()
            if positions.isCommitting, applier.isIdle { confirm() }
            try stream.exchange()
            _ = try routes.process()
            // A question about the publication may be answered by the end.
            if routes.awaitsPublication, requests?.end != nil { return try end() }
            // So may one about the schema; what is open in the shadow has not happened then, and comes again.
            if routes.awaitsSchema {
                if schema.end != nil || stop.isFired { return try end() }
                if schema.pauses { return .restarts }
            }
            var hasMoved = try apply()
            schema.report(block)
            var asked = currentRequests
            if let outcome = try carryOut(&asked, isDry: false) { return outcome }
            // Some messages at a time, so that answers and the clock are seen between them.
            for _ in 0..<Self.readAhead {
                guard mayRead, try receive() else { break }
                hasMoved = true
                if try apply(), let outcome = try carryOut(&asked, isDry: false) { return outcome }
            }
            if hasMoved { continue }
            if mayRead, let outcome = try carryOut(&asked, isDry: true) { return outcome }
            try wait()
        }
    }

    private var mayRead: Bool { part.isEmpty && !positions.isCommitting && !applier.isFull }

    private var now: Int { Int(start.duration(to: .now) / .milliseconds(1)) }

    // MARK: Decisions and their execution

    private func carryOut(
        _ asked: inout StreamPositions.Requests, isDry: Bool
    ) throws(PostgresError) -> Outcome? {
        while true {
            switch positions.next(asked, now: now, isDry: isDry) {
            case .proceed: return nil
            case .commit(let progress): try applier.commit(progress, part.takeSightings())
            case .note(let position, let source, let caughtUp):
                if !caughtUp.isEmpty { try store.markCaughtUp(caughtUp) }
                try store.setPosition(position, source: source)
                wantsNote = false
                asked.wantsNote = false
                if !caughtUp.isEmpty { requests?.wake() }
            case .report(let written, let flushed, let applied):
                let status = StandbyStatusUpdate(
                    written: written, flushed: flushed, applied: applied, time: Clock.now)
                try stream.sendStatus(status.encoded)
            case .exclude(let tables):
                routes.exclude(tables)
                requests?.haveExcluded(tables)
                asked.excludes = []
            case .end(.stopped): return try end()
            case .end(.reached): return .reached
            case .end(.restarts): return .restarts
            }
        }
    }

    /// Why the stream stops: by a request, or for an error that the thread beside it has found.
    private func end() throws(PostgresError) -> Outcome {
        switch requests?.end ?? schema.end {
        case .failure(let error)?: throw error
        case .rerun(let rerun)?: return .rerun(rerun)
        case nil: return .stopped
        }
    }

    private var currentRequests: StreamPositions.Requests {
        var current = StreamPositions.Requests(
            stops: stop.isFired, wantsNote: wantsNote, awaitsSchema: routes.awaitsSchema, target: target)
        current.stops = current.stops || schema.end != nil
        current.restarts = schema.pauses
        if let requests {
            current.stops = current.stops || requests.end != nil
            current.restarts = current.restarts || requests.restarts
            current.excludes = requests.excludes
            current.holdsSlot = requests.holdsSlot
        }
        return current
    }

    /// Where it waits for the schema, once what came before is committed, or has to be given up.
    private var block: SchemaRequests.Block? {
        guard let table = routes.awaitedTable else { return nil }
        let isClean = !positions.isOpen && !positions.isCommitting
        guard isClean || positions.hasChanges else { return nil }
        return SchemaRequests.Block(table: table, isClean: isClean)
    }

    private func confirm() {
        let confirmed = positions.confirm()
        counters.applied(transactions: confirmed.transactions, changes: applier.changes)
        hasApplied = true
        if !confirmed.caughtUp.isEmpty { requests?.wake() }
    }

    // MARK: Reading

    /// Reads a message, or, where none has come, takes what there is of a transaction that is arriving. False where there is
    /// nothing.
    private func receive() throws(PostgresError) -> Bool {
        if try unsafe stream.tryReceive({ bytes throws(PostgresError) in try unsafe take(bytes.bytes) }) { return true }
        take(assembler.takePart())
        return !part.isEmpty
    }

    private func take(_ bytes: RawSpan) throws(PostgresError) {
        do throws(DecodingError) {
            switch try WALSenderMessage(decoding: bytes) {
            case .keepalive(let keepalive):
                positions.keepalive(
                    keepalive.walEnd, replyRequested: keepalive.replyRequested, isInside: assembler.isInside)
            case .xlogData(let data):
                positions.data(from: data.start, to: data.end)
                if case .transaction(let transaction)? = try assembler.take(bytes, from: data.payload) {
                    take(transaction)
                }
            }
        } catch {
            throw PostgresError(error)
        }
    }

    private func take(_ transaction: SourceTransaction?) {
        guard let transaction else { return }
        if transaction.isFirst { positions.begin(commit: transaction.commitLSN) }
        part.take(transaction)
    }

    /// Applies as much of the part in hand as it can without waiting. True if anything was applied.
    private func apply() throws(PostgresError) -> Bool {
        guard !positions.isCommitting else { return false }
        switch try part.apply(&positions, now: now) {
        case .nothing: return false
        case .some: return true
        case .all(var transaction):
            assembler.recycle(&transaction)
            return true
        }
    }

    // MARK: Waiting

    private func wait() throws(PostgresError) {
        // What libpq has read along with something else is not on a socket any more.
        if try takeNotifications() { return }
        if try routes.process() { return }
        if try applier.process() { return }
        var sockets = [(control.descriptor, false), (applier.descriptor, applier.hasUnsentData)]
        // A stream that may not be read now must not wake the loop over and over.
        if mayRead { sockets.append((stream.descriptor, stream.hasUnsentData)) }
        sockets.append((schema.asked.readDescriptor, false))
        if let requests { sockets.append((requests.asked.readDescriptor, false)) }
        _ = Wait.poll(
            sockets, interrupt: stop.isFired ? nil : stop, milliseconds: positions.millisecondsUntilDue(now: now))
        requests?.asked.clear()
        schema.asked.clear()
        _ = try takeNotifications()
    }

    /// True where a shell waits for the job's position.
    private func takeNotifications() throws(PostgresError) -> Bool {
        let notifications = control.takeNotifications()
        guard control.isAlive else { throw JobFault.shadowIsLost() }
        guard notifications.contains(where: { $0.payload == store.slot }) else { return false }
        wantsNote = true
        requests?.wake()
        schema.wake()
        return true
    }
}

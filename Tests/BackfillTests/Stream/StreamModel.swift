import Postgres

@testable import Backfill
@testable import Subscriber

/// A source, a slot, a shadow and the engine between them, as far as positions go: the whole is a value, and everything that
/// happens is drawn from a seed. `StreamPositions` decides as in the engine; the model carries out, crashes at any moment, and
/// knows which changes the shadow must hold.
struct StreamModel {
    /// What an engine might get wrong.
    enum Fault: CaseIterable {
        /// A position counts as durable before the shadow has confirmed its commit.
        case reportsBeforeCommit
        /// What the job has already is applied again.
        case appliesRepeated
        /// What came with a table's copy is applied again.
        case appliesCopied
        /// The slot moves on while a table is copied.
        case letsSlotGo
        /// The job's position moves with tables that have yet to reach it.
        case movesJobBack
    }

    struct Figures {
        var crashes = 0
        var lostCommits = 0
        var repeated = 0
        var copies = 0

        mutating func add(_ other: Figures) {
            crashes += other.crashes
            lostCommits += other.lostCommits
            repeated += other.repeated
            copies += other.copies
        }
    }

    struct Change: Hashable {
        let table: Int
        let number: Int
    }

    /// A transaction of the source.
    struct Transaction {
        let end: StreamPositions.End
        let changes: [Change]
    }

    /// What is durable in the shadow.
    struct Shadow {
        enum State: Equatable {
            case copying
            case catchUp(LSN)
            case ready(LSN)
        }

        var job = LSN(1)
        var lastCommit = LSN.invalid
        var tables: [State]
        var rows: [Change: Int] = [:]
    }

    /// A copy of one table beside the stream.
    enum Copy: Equatable {
        case none
        /// Waits until the stream excludes the table.
        case excluding(Int)
        /// The slot is held, the snapshot is not taken yet.
        case holding(Int)
        /// The rows of the snapshot are under way.
        case copying(Int, LSN)
        /// Copied: the stream is to begin again.
        case restarting
    }

    private enum Message {
        case begin(LSN)
        case change(Change)
        case end(StreamPositions.End)
    }

    private struct Session {
        var positions: StreamPositions
        /// As the session found them.
        var tables: [Shadow.State]
        /// The next transaction of the source that is read, and what is still to come of the one before.
        var next: Int
        var queue: ArraySlice<Message> = []
        var isInside = false
        /// In the shadow's open transaction, or in the one that is being committed.
        var changes: [Change] = []
        var pending: Progress?
    }

    static let tableCount = 3

    var figures = Figures()
    private let fault: Fault?
    private var random: SplitMix
    private var log: [Transaction] = []
    private var end = LSN(10)
    private var changeCount = 0
    private var confirmed = LSN(1)
    private var shadow: Shadow
    private var copy = Copy.none
    private var session: Session?
    private var now = 0
    private var failure: String?

    init(seed: UInt64, fault: Fault? = nil) {
        random = SplitMix(state: seed)
        self.fault = fault
        shadow = Shadow(tables: Array(repeating: .ready(LSN(1)), count: Self.tableCount))
    }

    /// Plays a thousand events, then lets everything come to rest. Returns what went wrong.
    mutating func run() -> String? {
        for _ in 0..<1000 where failure == nil { step() }
        for _ in 0..<2000 where failure == nil && !isAtRest { settle() }
        if failure == nil, !isAtRest { failure = "does not come to rest" }
        if failure == nil { checkRows(upTo: end, atRest: true) }
        return failure
    }

    // MARK: Events

    private mutating func step() {
        now += random.below(4)
        switch random.below(20) {
        case 0..<1: commitOnSource()
        case 1..<9: receive()
        case 9..<14: decide(stops: random.below(40) == 0)
        case 14..<16: confirm()
        case 16: if random.below(6) == 0 { crash() }
        case 17: if random.below(2) == 0, session != nil { advanceCopy(mayBegin: true) }
        default: if session == nil { open() } else { now += random.below(400) }
        }
    }

    private var isAtRest: Bool {
        guard let session, copy == .none else { return false }
        return session.positions.durablePosition >= end && session.positions.isBetween
            && !shadow.tables.contains { if case .ready = $0 { false } else { true } }
    }

    private mutating func settle() {
        now += 100
        if session == nil { open() }
        receive()
        decide(stops: false)
        confirm()
        advanceCopy(mayBegin: false)
    }

    private mutating func commitOnSource() {
        let commit = LSN(end.bytes + 1 + UInt64(random.below(5)))
        end = LSN(commit.bytes + 2 + UInt64(random.below(5)))
        var changes: [Change] = []
        // Some have nothing that is followed.
        for _ in 0..<random.below(4) {
            changeCount += 1
            changes.append(Change(table: random.below(Self.tableCount), number: changeCount))
        }
        log.append(
            Transaction(
                end: StreamPositions.End(commit: commit, end: end, time: Timestamp(microseconds: 0)), changes: changes))
    }

    private mutating func open() {
        // A slot that has moved past a copy cannot give what the table needs.
        for (index, table) in shadow.tables.enumerated() {
            if case .catchUp(let snapshot) = table, snapshot < confirmed { shadow.tables[index] = .copying }
        }
        guard confirmed <= shadow.job else {
            failure = "the slot is at \(confirmed), the job at \(shadow.job)"
            return
        }
        var start = StreamPositions.Start(job: shadow.job, lastCommit: shadow.lastCommit)
        for (index, table) in shadow.tables.enumerated() {
            if case .catchUp(let snapshot) = table { start.catchingUp[Self.name(index)] = snapshot }
        }
        // The source skips what committed before both (SnapBuildXactNeedsSkip in snapbuild.c).
        let from = max(start.stream, confirmed)
        let limits = StreamPositions.Limits(batch: 5, changes: 4, status: 50, note: 20)
        session = Session(
            positions: StreamPositions(start, limits, now: now), tables: shadow.tables,
            next: log.firstIndex { $0.end.commit >= from } ?? log.count)
        if copy == .restarting { copy = .none }
    }

    /// The walsender's next message, which the engine does not read while a commit is under way.
    private mutating func receive() {
        guard var session, !session.positions.isCommitting else { return }
        defer { self.session = session }
        if session.queue.isEmpty {
            guard session.next < log.count, random.below(5) > 0 else {
                // All before the next commit has been read.
                let position = session.next < log.count ? log[session.next].end.commit : end
                session.positions.keepalive(
                    position, replyRequested: random.below(3) == 0, isInside: session.isInside)
                return
            }
            let transaction = log[session.next]
            session.next += 1
            session.queue =
                ([.begin(transaction.end.commit)] + transaction.changes.map { .change($0) } + [.end(transaction.end)])[
                    ...]
        }
        if random.below(10) == 0 {
            let position = log[session.next - 1].end.commit
            session.positions.keepalive(position, replyRequested: true, isInside: session.isInside)
        }
        switch session.queue.removeFirst() {
        case .begin(let commit):
            session.isInside = true
            session.positions.begin(commit: commit)
            if session.positions.isRepeated { figures.repeated += 1 }
        case .change(let change): apply(change, &session)
        case .end(let end):
            session.isInside = false
            session.positions.finish(end, changes: session.changes.count)
        }
    }

    private func apply(_ change: Change, _ session: inout Session) {
        let applies: Bool
        switch session.tables[change.table] {
        case .copying: applies = false
        case .ready(let snapshot):
            let isRepeated = fault == .appliesRepeated
            applies = session.positions.applies(
                copiedAt: fault == .appliesCopied ? .invalid : snapshot, catchesUp: isRepeated)
        case .catchUp(let snapshot):
            applies = session.positions.applies(
                copiedAt: fault == .appliesCopied ? .invalid : snapshot, catchesUp: true)
        }
        guard applies else { return }
        if !session.positions.isOpen {
            session.positions.open(now: now)
            session.changes = []
        }
        session.changes.append(change)
    }

    private mutating func decide(stops: Bool) {
        guard var session else { return }
        var requests = StreamPositions.Requests()
        requests.stops = stops
        switch copy {
        case .none: break
        case .excluding(let table): requests.excludes = [Self.name(table)]
        case .holding, .copying: requests.holdsSlot = fault != .letsSlotGo
        case .restarting:
            requests.holdsSlot = fault != .letsSlotGo
            requests.restarts = true
        }
        let isDry = session.queue.isEmpty && session.next == log.count
        while failure == nil {
            let action = session.positions.next(requests, now: now, isDry: isDry)
            self.session = session
            switch action {
            case .proceed: return
            case .commit(let progress):
                session.pending = progress
                if fault == .reportsBeforeCommit { _ = session.positions.confirm() }
            case .note(let position, _, let tables):
                for table in tables { markReady(table) }
                shadow.job = position
            case .report(_, let flushed, _):
                if flushed != .invalid { confirmed = max(confirmed, flushed) }
                checkRows(upTo: confirmed, atRest: false)
            case .exclude(let names):
                for index in 0..<Self.tableCount where names.contains(Self.name(index)) {
                    session.tables[index] = .copying
                }
                if case .excluding(let table) = copy {
                    shadow.tables[table] = .copying
                    copy = .holding(table)
                }
                requests.excludes = []
                requests.holdsSlot = fault != .letsSlotGo
            case .end:
                self.session = nil
                return
            }
        }
    }

    private mutating func confirm() {
        guard let progress = session?.pending else { return }
        land(progress)
        session?.pending = nil
        _ = session?.positions.confirm()
        session?.changes = []
    }

    /// The engine is killed: what it had sent may have been committed yet.
    private mutating func crash() {
        guard let session else { return }
        figures.crashes += 1
        if let progress = session.pending {
            if random.below(2) == 0 { land(progress) } else { figures.lostCommits += 1 }
        }
        self.session = nil
        copy = .none
    }

    /// The shadow commits.
    private mutating func land(_ progress: Progress) {
        for change in session?.changes ?? [] {
            shadow.rows[change, default: 0] += 1
            if shadow.rows[change] ?? 0 > 1 { failure = "change \(change.number) is applied twice" }
        }
        switch progress.catchUp {
        case .none: break
        case .nearer(let names):
            for index in 0..<Self.tableCount where names.contains(Self.name(index)) {
                if case .catchUp(let snapshot) = shadow.tables[index] {
                    shadow.tables[index] = .catchUp(max(snapshot, progress.end))
                }
            }
            if fault != .movesJobBack { return }
        case .reached(let names): for name in names { markReady(name) }
        }
        shadow.job = progress.end
        shadow.lastCommit = progress.commit
    }

    private mutating func markReady(_ name: QualifiedName) {
        for index in 0..<Self.tableCount where Self.name(index) == name {
            if case .catchUp(let snapshot) = shadow.tables[index] { shadow.tables[index] = .ready(snapshot) }
        }
    }

    /// The copy of a table beside the stream, a step further.
    private mutating func advanceCopy(mayBegin: Bool) {
        switch copy {
        case .none:
            let waiting = shadow.tables.indices.filter { shadow.tables[$0] == .copying }
            if let table = waiting.first {
                copy = .excluding(table)
            } else if mayBegin, random.below(4) == 0 {
                copy = .excluding(random.below(Self.tableCount))
            }
        case .excluding, .restarting: break
        case .holding(let table):
            // The snapshot of a temporary slot: after everything that the source has written.
            copy = .copying(table, LSN(end.bytes + 1))
            end = LSN(end.bytes + 2)
        case .copying(let table, let snapshot):
            for change in Array(shadow.rows.keys) where change.table == table { shadow.rows[change] = nil }
            for transaction in log where transaction.end.commit < snapshot {
                for change in transaction.changes where change.table == table { shadow.rows[change] = 1 }
            }
            shadow.tables[table] = .catchUp(snapshot)
            copy = .restarting
            figures.copies += 1
        }
    }

    // MARK: What must hold

    /// All that the source has had reported is in the shadow, in every table that is not to be copied anyway.
    private mutating func checkRows(upTo position: LSN, atRest: Bool) {
        for transaction in log where transaction.end.end <= position {
            for change in transaction.changes where shadow.tables[change.table] != .copying {
                if shadow.rows[change] == nil {
                    failure = "change \(change.number) is lost\(atRest ? "" : ", as \(position) was reported")"
                }
            }
        }
    }

    private static func name(_ table: Int) -> QualifiedName { QualifiedName(schema: "s", name: "t\(table)") }
}

/// Numbers from a seed (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
struct SplitMix {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}

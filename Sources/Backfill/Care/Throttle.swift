internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Synchronization

/// The throttle that all copy workers share. A worker counts what it reads by itself (`ThrottleMeter`) and comes here when
/// it has read a quantum; it then waits until the buckets are out of debt. The limits may change at any moment: waits read
/// them again a few times a second.
final class Throttle: Sendable {
    private struct State {
        var settings: ThrottleSettings
        var buckets = ThrottleBuckets()
        var share = ThrottleShare()
        var gauge = ThrottleGauge()
        var reasons: [ThrottleReason] = []
        var reason: String { reasons.map(\.text).joined(separator: "; ") }
        /// Copies that run.
        var users = 0
        /// Taken since the last poll of the load.
        var rows = 0
        var bytes = 0
        var lastPoll: Double?
        /// The rate that the copy had when it last had to give way without a limit; the limit is a share of it.
        var reached: Double?
    }

    /// Between two checks of the buckets, for a limit in rows alone and for none.
    private static let unlimitedBytes = 1 << 20

    private let state: Mutex<State>
    private let rowQuantum: Atomic<Int>
    private let byteQuantum: Atomic<Int>
    private let now: @Sendable () -> Double
    /// Fired when a copy begins, so that the load is polled from then on.
    let begun: Signal

    /// - Parameter clock: seconds from any moment on.
    init(_ settings: ThrottleSettings, clock: (@Sendable () -> Double)? = nil) throws(PostgresError) {
        let start = ContinuousClock.now
        now = clock ?? { start.duration(to: .now) / .seconds(1) }
        state = Mutex(State(settings: settings))
        rowQuantum = Atomic(.max)
        byteQuantum = Atomic(.max)
        begun = try Signal()
        state.withLock { enforce(&$0) }
    }

    // MARK: Settings

    var settings: ThrottleSettings { state.withLock { $0.settings } }

    /// Other limits from now on. False if they are the same.
    func set(_ settings: ThrottleSettings) -> Bool {
        state.withLock { state in
            guard state.settings != settings else { return false }
            state.settings = settings
            state.share = ThrottleShare()
            state.reasons = []
            state.reached = nil
            enforce(&state)
            return true
        }
    }

    /// Puts the settings' limits and the adaptive share into force.
    private func enforce(_ state: inout State) {
        let settings = state.settings
        let limits = Self.limits(state)
        state.buckets.set(rows: limits.rows, bytes: limits.bytes, burst: settings.burst, at: now())
        let quantum = state.buckets.quantum(unlimitedBytes: Self.unlimitedBytes)
        rowQuantum.store(quantum.rows, ordering: .relaxed)
        byteQuantum.store(settings.isEnabled ? quantum.bytes : .max, ordering: .relaxed)
    }

    private static func limits(_ state: State) -> (rows: Double?, bytes: Double?) {
        let settings = state.settings
        guard settings.isEnabled else { return (nil, nil) }
        let share = settings.isAdaptive ? state.share.value : 1
        let bytes = settings.bytesPerSecond.map(Double.init) ?? (share < 1 ? state.reached : nil)
        return (settings.rowsPerSecond.map { Double($0) * share }, bytes.map { $0 * share })
    }

    var status: ThrottleStatus {
        state.withLock { state in
            let limits = Self.limits(state)
            let isAdaptive = state.settings.isEnabled && state.settings.isAdaptive
            return ThrottleStatus(
                settings: state.settings, share: isAdaptive ? state.share.value : 1,
                currentRowsPerSecond: limits.rows.map { Int($0.rounded(.up)) },
                currentBytesPerSecond: limits.bytes.map { Int($0.rounded(.up)) },
                reason: state.reasons.isEmpty ? nil : state.reason, causes: state.reasons.map(\.cause),
                notVisible: isAdaptive ? state.gauge.notVisible : [])
        }
    }

    // MARK: Copying

    /// Whether so much is to be reported by a meter.
    func isDue(rows: Int, bytes: Int) -> Bool {
        rows >= rowQuantum.load(ordering: .relaxed) || bytes >= byteQuantum.load(ordering: .relaxed)
    }

    /// A copy begins. Where the throttle is to adapt, the source's load without the copy is polled first, for 4 s at most.
    ///
    /// Throws the interruption.
    func begin(_ interrupt: Interrupt) throws(PostgresError) {
        let adapts = state.withLock { state in
            state.gauge = ThrottleGauge()
            state.lastPoll = nil
            return state.settings.isEnabled && state.settings.isAdaptive
        }
        if adapts {
            begun.fire()
            for _ in 0..<40 where !state.withLock({ $0.gauge.isReady }) {
                try Wait.pause(milliseconds: 100, interrupt: interrupt)
            }
        }
        state.withLock { $0.users += 1 }
        begun.fire()
    }

    func end() {
        state.withLock { state in
            state.users -= 1
            state.share = ThrottleShare()
            state.reasons = []
            state.reached = nil
            enforce(&state)
        }
    }

    /// Takes the amount that a worker has read, and waits until more may be read.
    ///
    /// Throws the interruption.
    func take(rows: Int, bytes: Int, interrupt: Interrupt) throws(PostgresError) {
        var delay = state.withLock { state in
            state.rows += rows
            state.bytes += bytes
            state.buckets.take(rows: rows, bytes: bytes, at: now())
            return state.buckets.delay(at: now())
        }
        while delay > 0 {
            let milliseconds = Int((min(delay, 0.2) * 1000).rounded(.up))
            try Wait.pause(milliseconds: milliseconds, interrupt: interrupt)
            delay = state.withLock { $0.buckets.delay(at: now()) }
        }
    }

    // MARK: The source's load

    /// Seconds until the load is to be polled; nil while nothing depends on it.
    var nextPoll: Double? {
        state.withLock { state in
            guard state.settings.isEnabled, state.settings.isAdaptive else { return nil }
            if state.users > 0 { return state.lastPoll.map { max(0, $0 + 1 - now()) } ?? 0 }
            guard state.lastPoll == nil || !state.gauge.isReady else { return nil }
            return state.lastPoll.map { max(0, $0 + 0.5 - now()) } ?? 0
        }
    }

    /// The change that a sample has made, for people.
    enum Change: Hashable {
        case none
        case slower(String)
        case atFullSpeed
    }

    func take(_ load: ServerLoad) -> Change {
        state.withLock { state in
            let time = now()
            let seconds = state.lastPoll.map { max(time - $0, 0.001) }
            defer {
                state.lastPoll = time
                state.rows = 0
                state.bytes = 0
            }
            let isCopying = state.users > 0
            let before = state.share.value
            state.reasons = state.gauge.take(load, isCopying: isCopying, isAtFloor: state.share.isAtFloor)
            guard isCopying, let seconds else { return .none }
            let taken = (rows: Double(state.rows) / seconds, bytes: Double(state.bytes) / seconds)
            state.share.step(suffers: !state.reasons.isEmpty, usage: Self.usage(taken, &state))
            enforce(&state)
            if before == 1, state.share.value < 1 { return .slower(state.reason) }
            if before < 1, state.share.value == 1 {
                state.reached = nil
                return .atFullSpeed
            }
            return .none
        }
    }

    /// A poll that failed: nothing is known of the load.
    func pollFailed() { state.withLock { $0.lastPoll = now() } }

    /// The share of its limits that the copy takes. Without limits its present rate is all, once it has to give way.
    private static func usage(_ taken: (rows: Double, bytes: Double), _ state: inout State) -> Double {
        var usage = 0.0
        if let limit = state.settings.rowsPerSecond { usage = taken.rows / Double(limit) }
        if let limit = state.settings.bytesPerSecond { usage = max(usage, taken.bytes / Double(limit)) }
        if state.settings.rowsPerSecond == nil, state.settings.bytesPerSecond == nil {
            if state.share.value == 1 { state.reached = max(taken.bytes, 1) }
            usage = state.reached.map { taken.bytes / $0 } ?? 1
        }
        return min(1, max(0, usage))
    }
}

/// The amount that one worker has read since it last came to the throttle.
struct ThrottleMeter {
    private let throttle: Throttle
    private let interrupt: Interrupt
    private var rows = 0
    private var bytes = 0

    init(_ throttle: Throttle, interrupt: Interrupt) {
        self.throttle = throttle
        self.interrupt = interrupt
    }

    /// Counts a row; waits where the throttle asks for it. True where it was asked.
    mutating func count(bytes count: Int) throws(PostgresError) -> Bool {
        rows += 1
        bytes += count
        guard throttle.isDue(rows: rows, bytes: bytes) else { return false }
        try settle()
        return true
    }

    mutating func settle() throws(PostgresError) {
        defer { (rows, bytes) = (0, 0) }
        try throttle.take(rows: rows, bytes: bytes, interrupt: interrupt)
    }
}

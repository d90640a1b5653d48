internal import Catalog
internal import Job
internal import Postgres

/// Decides from samples of the source's load, one a second, whether it suffers, compared with its load before the copy:
///
///     sessions at work      half as many again, and two more at least
///     time per transaction  sessions at work ÷ transactions a second (Little's law), a third more: the sign where the
///                           number of clients stands still
///     slowest standby       half as much again not replayed, and 64 MB more at least
///     requested checkpoints one since the last sample; counts for ten samples
///     pages written by      twice as many a second, and 1000 more at least: the checkpointer and the background writer
///     sessions              cannot keep up
///
/// All but the checkpoints are smoothed. The load "before" is learned until the copy begins, and follows slowly
/// afterwards: down to the load seen during the copy, and up while the copy is as slow as it gets, since it is hardly
/// the cause then.
struct ThrottleGauge {
    private struct Trend {
        /// The weight of the newest sample in the smoothed value.
        private static let weight = 0.35
        private(set) var value: Double?
        private(set) var base: Double?

        mutating func add(_ new: Double) {
            value = value.map { $0 + (new - $0) * Self.weight } ?? new
        }

        mutating func learn(isCopying: Bool, isAtFloor: Bool) {
            guard let value else { return }
            guard isCopying, let base else {
                self.base = value
                return
            }
            if value < base || isAtFloor { self.base = base + (value - base) * 0.1 }
        }

        func exceeds(factor: Double, least: Double) -> Bool {
            guard let value, let base else { return false }
            return value > max(base * factor, base + least)
        }
    }

    /// How long a requested checkpoint counts, in samples.
    private static let checkpointLooks = 10
    /// Below so many transactions a second their time says nothing.
    private static let fewTransactions = 5.0

    private var previous: ServerLoad?
    private var samples = 0
    private var sessions = Trend()
    private var rate = Trend()
    private var time = Trend()
    private var lag = Trend()
    private var writes = Trend()
    private var checkpointFor = 0
    private(set) var notVisible: [String] = []

    /// Enough has been seen to compare with.
    var isReady: Bool { samples >= 3 }

    /// Takes a sample; returns why the source suffers, an empty list if it does not.
    mutating func take(_ load: ServerLoad, isCopying: Bool, isAtFloor: Bool) -> [ThrottleReason] {
        notVisible = load.showsOthers ? [] : ["active sessions", "replica lag"]
        guard let previous, load.taken > previous.taken else {
            self.previous = load
            samples = max(samples, 1)
            return []
        }
        let seconds = load.taken - previous.taken
        self.previous = load
        samples += 1
        // A reset of the statistics, or a restart, begins the counters anew.
        let transactions = Double(max(0, load.transactions - previous.transactions)) / seconds
        let written = Double(max(0, load.backendWrites - previous.backendWrites)) / seconds
        rate.add(transactions)
        writes.add(written)
        if let active = load.activeSessions {
            sessions.add(Double(active))
            if let active = sessions.value, let rate = rate.value, rate >= Self.fewTransactions {
                time.add(active / rate * 1000)
            }
        }
        if let bytes = load.replicaLag { lag.add(Double(bytes)) }
        checkpointFor =
            load.requestedCheckpoints > previous.requestedCheckpoints
            ? Self.checkpointLooks : max(0, checkpointFor - 1)
        let reasons = isCopying ? reasons() : []
        for trend in [\ThrottleGauge.sessions, \.time, \.lag, \.writes] {
            self[keyPath: trend].learn(isCopying: isCopying, isAtFloor: isAtFloor)
        }
        return reasons
    }

    private func reasons() -> [ThrottleReason] {
        var reasons: [ThrottleReason] = []
        func add(_ cause: ThrottleCause, _ text: String) { reasons.append(ThrottleReason(cause: cause, text: text)) }
        if sessions.exceeds(factor: 1.5, least: 2) {
            add(
                .sessions,
                "\(Self.whole(sessions.value)) sessions at work, \(Self.whole(sessions.base)) before the copy")
        }
        if time.exceeds(factor: 4.0 / 3, least: 0) {
            add(
                .transactionTime,
                "\(Self.tenths(time.value)) ms a transaction, \(Self.tenths(time.base)) ms before the copy")
        }
        if lag.exceeds(factor: 1.5, least: Double(64 << 20)) {
            add(
                .replicaLag,
                "a standby lags by \(Self.size(lag.value)), \(Self.size(lag.base)) before the copy")
        }
        if checkpointFor > 0 { add(.checkpoints, "a checkpoint before its time") }
        if writes.exceeds(factor: 2, least: 1000) {
            add(.backendWrites, "sessions write \(Self.whole(writes.value)) pages a second themselves")
        }
        return reasons
    }

    private static func whole(_ value: Double?) -> String { String(Int(clamping: Int64((value ?? 0).rounded()))) }
    private static func tenths(_ value: Double?) -> String { "\(((value ?? 0) * 10).rounded() / 10)" }
    private static func size(_ value: Double?) -> String { byteText(Int(value ?? 0)) }
}

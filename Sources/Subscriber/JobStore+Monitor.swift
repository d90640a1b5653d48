internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// A look of the engine at the source's slots (`scry_backfill.wal_sample`).
public struct WALSample: Sendable, Hashable {
    /// Seconds since 1970 by the source's clock.
    public var taken: Double
    public var position: LSN
    /// The WAL monitor's.
    public var level: String
    /// Of the job's slot; nil before 13.
    public var walStatus: String?
    /// Of the job's slot, in bytes; nil before 13 and without a limit.
    public var safeWALSize: Int?
    /// The bytes that each slot of the source holds back, by its name.
    public var retained: [String: Int]

    public init(
        taken: Double, position: LSN, level: String, walStatus: String?, safeWALSize: Int?, retained: [String: Int]
    ) {
        self.taken = taken
        self.position = position
        self.level = level
        self.walStatus = walStatus
        self.safeWALSize = safeWALSize
        self.retained = retained
    }
}

/// A warning or an error among a job's events.
public struct JobWarning: Sendable, Hashable {
    /// Grows with each event.
    public let number: Int
    public let severity: String
    public let message: String
    public let hint: String?
}

// What the WAL monitor and the throttle keep.
extension JobStore {
    /// False where the job's memory was set up by a release without monitor, throttle or pace of the copy, or not at all.
    public func hasMonitor() throws(PostgresError) -> Bool {
        guard let row = try shadow.connection.query(.subscriberMonitorExists).rows.first else { return false }
        return try row.bool("exists")
    }

    // MARK: WAL

    public func add(_ sample: WALSample) throws(PostgresError) {
        let slots = sample.retained.sorted { $0.key < $1.key }
        try shadow.connection.query(
            .subscriberWalSampleInsert,
            [
                slot, String(sample.taken), sample.position.description, sample.level, sample.walStatus,
                sample.safeWALSize.map(String.init), ArrayText.text(slots.map(\.key)),
                ArrayText.text(slots.map { String($0.value) }),
            ])
    }

    /// The looks since a moment by the source's clock, the oldest first; with nil the last one alone.
    public func samples(since moment: Double?) throws(PostgresError) -> [WALSample] {
        guard try hasMonitor() else { return [] }
        var samples: [WALSample] = []
        for row in try shadow.connection.query(.subscriberWalSamples, [slot, moment.map { String($0) }]).rows {
            guard let taken = try row.optionalDouble("taken") else { continue }
            var retained: [String: Int] = [:]
            for (name, bytes) in zip(try row.strings("names"), try row.strings("retained")) {
                retained[name] = Int(bytes)
            }
            samples.append(
                WALSample(
                    taken: taken, position: try row.lsn("position"), level: try row.string("level"),
                    walStatus: try row.optionalString("wal_status"), safeWALSize: try row.optionalInt("safe_wal_size"),
                    retained: retained))
        }
        return samples
    }

    /// Seconds since the source was last seen at a position up to this one; nil where no look is known.
    public func sampleAge(upTo position: LSN) throws(PostgresError) -> Double? {
        guard try hasMonitor() else { return nil }
        return try shadow.connection.query(.subscriberWalSampleAge, [slot, position.description]).rows.first?
            .optionalDouble("age_seconds")
    }

    // MARK: Throttle

    /// What was asked for and what the engine last said of it, as JSON.
    public func throttle() throws(PostgresError) -> (asked: String?, inForce: String?) {
        guard try hasMonitor(), let row = try shadow.connection.query(.subscriberThrottle, [slot]).rows.first else {
            return (nil, nil)
        }
        return (try row.optionalString("asked"), try row.optionalString("in_force"))
    }

    /// Asks for other limits, and wakes the engine; nil for those of its configuration.
    public func askThrottle(_ settings: String?) throws(PostgresError) {
        try shadow.connection.query(.subscriberThrottleAsk, [slot, settings])
    }

    public func noteThrottle(_ status: String) throws(PostgresError) {
        try shadow.connection.query(.subscriberThrottleNote, [slot, try held(status, isJSON: true)])
    }

    // MARK: Warnings

    /// The warnings behind the one of this number; with nil those of the last ten minutes. The oldest first.
    public func warnings(after number: Int?) throws(PostgresError) -> [JobWarning] {
        var warnings: [JobWarning] = []
        for row in try shadow.connection.query(.subscriberWarnings, [slot, number.map(String.init)]).rows {
            warnings.append(
                JobWarning(
                    number: try row.int("id"), severity: try row.string("severity"),
                    message: try row.string("message"), hint: try row.optionalString("hint")))
        }
        return warnings
    }
}

internal import Catalog
public import Job
internal import Libpq
public import Postgres
internal import Scripts

// The records of the WAL monitor and the throttle.
extension JobStore {
    // MARK: WAL

    public func add(_ sample: WALSample) throws(PostgresError) {
        let slots = sample.retained.sorted { $0.key < $1.key }
        try shadow.connection.query(
            .subscriberWalSampleInsert,
            [
                slot, String(sample.taken), sample.position.description, sample.level.rawValue, sample.walStatus,
                sample.safeWALSize.map(String.init), ArrayText.text(slots.map(\.key)),
                ArrayText.text(slots.map { String($0.value) }),
            ])
    }

    /// The samples since a moment by the source's clock, the oldest first; with nil the last one alone.
    public func samples(since moment: Double?) throws(PostgresError) -> [WALSample] {
        var samples: [WALSample] = []
        for row in try shadow.connection.query(.subscriberWalSamples, [slot, moment.map { String($0) }]).rows {
            guard let taken = try row.optionalDouble("taken") else { continue }
            var retained: [String: Int] = [:]
            for (name, bytes) in zip(try row.strings("names"), try row.strings("retained")) {
                retained[name] = Int(bytes)
            }
            samples.append(
                WALSample(
                    taken: taken, position: try row.lsn("position"), level: try row.word("level", of: "wal_sample"),
                    walStatus: try row.optionalString("wal_status"), safeWALSize: try row.optionalInt("safe_wal_size"),
                    retained: retained))
        }
        return samples
    }

    /// Seconds since the source was last seen at a position up to this one; nil where no sample is known.
    public func sampleAge(upTo position: LSN) throws(PostgresError) -> Double? {
        try shadow.connection.query(.subscriberWalSampleAge, [slot, position.description]).rows.first?
            .optionalDouble("age_seconds")
    }

    // MARK: Throttle

    /// The limits that were asked for and those that the engine last recorded.
    public func throttle() throws(PostgresError) -> (asked: ThrottleSettings?, inForce: ThrottleStatus?) {
        guard let row = try shadow.connection.query(.subscriberThrottle, [slot]).rows.first else { return (nil, nil) }
        return (
            try row.optionalString("asked").flatMap { JobDocument.throttleSettings($0) },
            try row.optionalString("in_force").flatMap { JobDocument.throttleStatus($0) }
        )
    }

    /// Asks for other limits, and wakes the engine; nil for those of its configuration.
    public func askThrottle(_ settings: ThrottleSettings?) throws(PostgresError) {
        try shadow.connection.query(.subscriberThrottleAsk, [slot, settings.flatMap { JobDocument.text($0) }])
    }

    public func setThrottle(_ status: ThrottleStatus) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberThrottleNote, [slot, try held(JobDocument.text(status), isJSON: true)])
    }
}

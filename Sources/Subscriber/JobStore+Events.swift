internal import Catalog
public import Job
internal import Libpq
public import Postgres
internal import Scripts

// The events of the job.
extension JobStore {
    /// - Parameter age: how many seconds ago it happened, for an event that could not be written then.
    public func record(_ event: JobEvent, age: Double = 0) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberEvent,
            [slot, event.severity.rawValue, try held(event.message), try held(event.hint), String(age)])
    }

    /// The latest, the newest last.
    public func events(latest count: Int) throws(PostgresError) -> [RecordedEvent] {
        try events(shadow.connection.query(.subscriberEvents, [slot, String(count)]))
    }

    /// The warnings and errors after the event of this number; with nil those of the last ten minutes. The oldest first.
    public func warnings(after number: Int?) throws(PostgresError) -> [RecordedEvent] {
        try events(shadow.connection.query(.subscriberWarnings, [slot, number.map(String.init)]))
    }

    private func events(_ result: QueryResult) throws(PostgresError) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        for row in result.rows {
            events.append(
                RecordedEvent(
                    number: try row.int("id"), at: try row.string("at"),
                    JobEvent(
                        try row.word("severity", of: "event"), try row.string("message"),
                        hint: try row.optionalString("hint"))))
        }
        return events
    }
}

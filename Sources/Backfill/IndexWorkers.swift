internal import Libpq
internal import Postgres
internal import Subscriber

/// Builds indexes and keys, several at a time.
struct IndexWorkers: Sendable {
    private let settings: JobSettings
    private let stop: Interrupt

    init(_ settings: JobSettings, stop: Interrupt) {
        self.settings = settings
        self.stop = stop
    }

    /// - Parameter scripts: one index or key each; none needs another.
    func run(_ scripts: [String], from version: ServerVersion) throws(PostgresError) {
        guard !scripts.isEmpty else { return }
        let group = try WorkerGroup(scripts)
        let settings = settings
        try group.run(
            min(settings.indexJobs, scripts.count), "index", stop: stop, watch: {},
            worker: { group throws(PostgresError) in
                let session = try ShadowSession(
                    settings.shadow, as: "index", slot: settings.slot, interrupt: group.abort)
                try session.enlargeSorts()
                while let script = group.next() { try session.restore(script, from: version) }
            })
    }
}

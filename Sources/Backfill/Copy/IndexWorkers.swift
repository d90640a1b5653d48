internal import Job
internal import Libpq
internal import Postgres
internal import Publisher
internal import Subscriber
internal import Synchronization

/// Builds indexes and keys and validates constraints, several at a time.
struct IndexWorkers: Sendable {
    private let settings: JobSettings
    private let functionPath: String
    private let stop: Interrupt

    init(_ session: JobSession) {
        settings = session.settings
        functionPath = session.functionPath
        stop = session.stop
    }

    /// - Parameter pieces: one index or key each; none needs another.
    /// - Returns: Those that the shadow has refused.
    func build(_ pieces: [SchemaPiece]) throws(PostgresError) -> [(SchemaPiece, PostgresError)] {
        try run(pieces) { piece, session throws(PostgresError) in
            try session.make(piece.sql, name: piece.name, readsRows: true)
        }
    }

    /// Validates constraints that are there for new rows already.
    ///
    /// - Returns: Those that rows break.
    func validate(_ items: [SetAside]) throws(PostgresError) -> [(SetAside, PostgresError)] {
        let slot = settings.slot
        return try run(items) { item, session throws(PostgresError) in
            do throws(PostgresError) {
                _ = try JobStore(session, slot: slot).putBack(item)
                return nil
            } catch {
                guard error.isRefusal else { throw error }
                return error
            }
        }
    }

    private func run<Item: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item, Shadow) throws(PostgresError) -> PostgresError?
    ) throws(PostgresError) -> [(Item, PostgresError)] {
        guard !items.isEmpty else { return [] }
        let group = try WorkerGroup(items)
        let (settings, functionPath) = (settings, functionPath)
        let failures = Mutex<[(Item, PostgresError)]>([])
        try group.run(
            min(settings.indexJobs, items.count), "index", stop: stop, watch: {},
            worker: { group throws(PostgresError) in
                let session = try Shadow(
                    settings.shadow, as: "index", slot: settings.slot, interrupt: group.abort)
                // Event triggers are meant for people who change the shadow themselves.
                _ = try session.becomeReplica()
                try session.resolveFunctions(by: functionPath)
                try session.enlargeSorts()
                while let item = group.next() {
                    let error = try Self.outlivingDeadlocks { () throws(PostgresError) in try work(item, session) }
                    if let error { failures.withLock { $0.append((item, error)) } }
                }
            })
        return failures.withLock { $0 }
    }

    /// Workers that lock tables of one family, or joined by a foreign key, may wait for each other; the server then ends one.
    private static func outlivingDeadlocks(
        _ body: () throws(PostgresError) -> PostgresError?
    ) throws(PostgresError) -> PostgresError? {
        var tries = 0
        while true {
            do throws(PostgresError) { return try body() } catch {
                tries += 1
                guard error.sqlState == .deadlockDetected, tries < 50 else { throw error }
            }
        }
    }
}

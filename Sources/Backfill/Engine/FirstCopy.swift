internal import Catalog
internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// The first copy: all tables that are not ready are copied under one snapshot.
///
///     slot does not exist    it is created, and its own snapshot is used: what committed before its consistent point is in
///                            the copy, what commits after it comes with the stream
///     slot exists            an earlier attempt was cut off, or the slot was made by hand: a temporary slot gives a snapshot
///                            with a later point, and the stream leaves out, of these tables alone, what committed before it
///     mode snapshot          no slot, a transaction's snapshot
final class FirstCopy {
    private let session: JobSession
    /// The dump of the schema, of which the last stage is restored later than the others.
    private(set) var schema: SchemaCopy?

    init(_ session: JobSession) { self.session = session }

    /// Returns the tables that were truncated or rewritten meanwhile, so that the copy is to be made again for them.
    func run(_ job: JobRecord) throws(PostgresError) -> [QualifiedName] {
        let store = session.store
        let followed = try session.publishedTables()
        let snapshot = try makeSnapshot(job)
        let tables = try CopyTables(session).read(followed.map(\.name))
        let rebuild = try TableRebuild(session, of: tables, under: snapshot)
        if session.settings.copySchema {
            try store.setState(.schema)
            let placement = PartitionPlacement(session)
            try placement.align(tables)
            let copy = try SchemaCopy(of: try placement.withPartitions(tables), session, snapshot: snapshot.name)
            try copy.restoreTables(rebuild)
            schema = copy
        }
        try store.setState(.snapshot)
        let unmade = Set(schema.map { Array($0.failedTables.keys) } ?? [])
        let fillable = try store.tables().filter { $0.needsCopy && !unmade.contains($0.name) }
        try ShadowTables(session).require(fillable)
        let names = Set(fillable.map(\.name))
        try rebuild.remember(names)
        let outcome = try TableCopy(session).run(
            tables.filter { names.contains($0.name) }, fillable, under: snapshot, besideStream: false)
        guard outcome.rewritten.isEmpty else { return outcome.rewritten }
        snapshot.end()
        try CopyFinish(session).finish(schema)
        try store.setStage(max(job.schemaStage, .keys))
        try SequenceCopy(session).run()
        return []
    }

    private func makeSnapshot(_ job: JobRecord) throws(PostgresError) -> SnapshotKeeper {
        guard job.mode.follows else { return try .ofTransaction(session) }
        if let slot = try session.source.replicationSlot(job.slot) {
            if job.startLSN == nil { try session.store.setStart(try SlotState.confirmedPosition(of: slot)) }
            return try .ofTemporarySlot(session, beside: job.slot)
        }
        try session.store.noteMade(slot: true)
        let snapshot = try SnapshotKeeper.ofNewSlot(session, job.slot)
        try session.store.setStart(snapshot.position)
        session.journal.log("slot \(job.slot) created at \(snapshot.position)")
        return snapshot
    }
}

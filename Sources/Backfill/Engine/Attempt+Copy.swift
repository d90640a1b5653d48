internal import Catalog
internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

// The first copy: all tables that are not ready are copied under one snapshot.
//
//   slot does not exist    it is created, and its own snapshot is used: what committed before its consistent point is in
//                          the copy, what commits after it comes with the stream
//   slot exists            an earlier attempt was cut off, or the slot was made by hand: a temporary slot gives a snapshot
//                          with a later point, and the stream leaves out, of these tables alone, what committed before it
//   mode snapshot          no slot, a transaction's snapshot
extension Attempt {
    func copy(_ job: JobRecord, _ mode: JobSettings.Mode, _ work: JobSession) throws(PostgresError) {
        let followed = try work.store.tables().filter { $0.state != .unpublished }
        let snapshot = try makeSnapshot(job, mode, work)
        let tables = try work.copyTables(followed.map(\.name))

        var unmade: Set<QualifiedName> = []
        if settings.copySchema {
            try work.store.setState(JobState.schema.rawValue)
            try work.alignPartitions(of: tables)
            let schema = try SchemaCopy(of: try work.schemaTables(of: tables), work, snapshot: snapshot.name)
            self.schema = schema
            try schema.restoreTables()
            unmade = Set(schema.failedTables.keys)
        }
        try work.store.setState(JobState.snapshot.rawValue)
        let fillable = try work.store.tables().filter { $0.isWaiting && !unmade.contains($0.name) }
        try work.requireTables(fillable)
        let names = Set(fillable.map(\.name))
        _ = try work.copyRows(tables.filter { names.contains($0.name) }, fillable, under: snapshot)
        snapshot.end()
        hasProgressed = true
        try work.finishCopy(schema)
        try work.store.setStage(max(job.schemaStage, SchemaStage.keys.rawValue))
        try work.setSequences()
    }

    /// Restores what is left of the schema, once all tables show the same moment.
    func finishSchema(_ job: JobRecord, _ work: JobSession) throws(PostgresError) {
        guard job.schemaStage < SchemaStage.foreignKeys.rawValue else { return }
        if settings.copySchema {
            let rest =
                if let schema { schema } else {
                    try SchemaCopy(
                        of: try work.copyTables(try work.followedNames()).map(\.oid), work, snapshot: nil,
                        attachesLate: true)
                }
            if job.schemaStage < SchemaStage.keys.rawValue { try work.finishCopy(rest) }
            while try !rest.restoreForeignKeys() {
                try Wait.pause(milliseconds: 1000, interrupt: stop)
            }
            schema = nil
        }
        try work.store.setStage(SchemaStage.foreignKeys.rawValue)
    }

    private func makeSnapshot(
        _ job: JobRecord, _ mode: JobSettings.Mode, _ work: JobSession
    ) throws(PostgresError) -> SnapshotKeeper {
        if mode == .snapshot { return try .ofTransaction(work) }
        if let slot = try work.source.replicationSlot(job.slot) {
            if job.startLSN == nil { try work.store.setStart(try Self.confirmedPosition(of: slot)) }
            return try .ofTemporarySlot(work, beside: job.slot)
        }
        try work.store.noteMade(slot: true)
        let snapshot = try SnapshotKeeper.ofNewSlot(work, job.slot)
        try work.store.setStart(snapshot.position)
        tell("slot \(job.slot) created at \(snapshot.position)")
        return snapshot
    }
}

internal import Catalog
internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// Finds the job or makes it. Nothing is changed anywhere before the source has passed its checks and the shadow's
/// tables have been read; each object that is made on the source is noted in the shadow first.
struct JobSetup {
    private let session: JobSession
    private let lock: JobLock
    private var settings: JobSettings { session.settings }
    private var source: Source { session.source }
    private var store: JobStore { session.store }

    init(_ session: JobSession, _ lock: JobLock) {
        self.session = session
        self.lock = lock
    }

    /// Returns the job as it stands then.
    func run() throws(PostgresError) -> JobRecord {
        let identity = try source.serverIdentity()
        if let job = try store.job() { try check(job, identity) } else { try make(identity) }
        try store.retryTables()
        let job = try session.currentJob()
        guard job.mode.follows else {
            if try store.tables().isEmpty {
                try store.insert(try JobTables(settings, source).planned().map { ($0, nil) }, state: .pending)
            }
            return job
        }
        if job.startLSN == nil { try makePublication() }
        try adopt(job)
        guard !job.mode.copies, job.startLSN == nil else { return job }
        try beginWithoutCopy()
        return try session.currentJob()
    }

    private func make(_ identity: ServerIdentity) throws(PostgresError) {
        try StartExamination(settings, source, session.shadow).run()
        try lock.take()
        guard try store.job() == nil else { throw JobFault.setUpByAnother() }
        try store.insert(
            publication: settings.publication, mode: settings.mode, systemIdentifier: identity.systemIdentifier,
            timeline: identity.timeline, database: identity.database)
        try lock.sign()
        session.journal.log("job of slot \(settings.slot) set up, mode \(settings.mode.rawValue)")
    }

    /// The job must be of this source, and its slot as the job left it.
    private func check(_ job: JobRecord, _ identity: ServerIdentity) throws(PostgresError) {
        try job.requireSource(identity)
        guard job.publication == settings.publication else { throw JobFault.otherPublication(job) }
        guard job.mode.follows, let applied = job.appliedLSN else { return }
        guard let slot = try source.replicationSlot(job.slot) else {
            throw JobFault.slotIsGone(job.slot, applied: applied)
        }
        let confirmed = try SlotState.confirmedPosition(of: slot)
        for table in try store.tables() {
            // The changes in between cannot be had again.
            if case .catchUp(let snapshot) = table.state, snapshot < confirmed { try store.setCopying(table.name) }
        }
        guard confirmed <= applied else {
            throw JobFault.slotHasMovedOn(job.slot, to: confirmed, applied: applied)
        }
    }

    private func makePublication() throws(PostgresError) {
        let publication = settings.publication
        guard try source.publication(publication) == nil else { return }
        guard settings.mode.copies else { throw JobFault.noPublicationToFollow(publication) }
        let targets = try JobTables(settings, source).selected().map {
            PublicationTarget(TablePattern(exactly: $0.name))
        }
        try store.noteMade(publication: true)
        _ = try source.publish(.tables(targets), in: publication)
        session.journal.log("publication \(publication) created")
    }

    /// Changes alone: the tables count as copied before the slot's first change.
    private func beginWithoutCopy() throws(PostgresError) {
        let start: LSN
        if let slot = try source.replicationSlot(settings.slot) {
            start = try SlotState.confirmedPosition(of: slot)
        } else {
            let replication = try ReplicationSession(settings.source, as: "slot", interrupt: session.stop)
            try store.noteMade(slot: true)
            start = try SlotCreation(session).create(replication, settings.slot, temporary: false).consistentPoint
        }
        try store.setStart(start)
        try store.setStage(.foreignKeys)
        for table in try store.tables() where table.state == .pending {
            try store.markCopied(table.name, .ready(start), rows: 0, bytes: 0)
        }
    }

    /// Takes the publication's tables into the job. Those that come later are taken in by the thread beside the stream; those of
    /// a job that copies nothing only here, so that no change is missed.
    private func adopt(_ job: JobRecord) throws(PostgresError) {
        let adoption = PublicationAdoption(session)
        let sent = try adoption.sentTables()
        guard !sent.isEmpty else { throw JobFault.publicationIsEmpty(job.publication) }
        let known = Set(try store.tables().map(\.name))
        let new = sent.filter { !known.contains($0.table) }
        if !job.mode.copies {
            _ = try adoption.adopt(sent, job)
            try store.insert(
                new.map { ($0.table, $0.fingerprint) }, state: .ready(job.startLSN ?? .invalid))
        } else if job.startLSN == nil {
            try StartExamination.requireNoRows(in: new.map(\.table), session.shadow)
            // A job that begins anew had tables before; some may have gone.
            if !known.isEmpty { _ = try adoption.adopt(sent, job) }
            try store.insert(new.map { ($0.table, $0.fingerprint) }, state: .pending)
        }
    }
}

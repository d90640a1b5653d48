internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Publisher
internal import Subscriber

/// The objects that a start which has copied no table yet has made on the source. The job notes each before it is made,
/// so that the start can be undone also where the engine was killed.
struct UnfinishedStart {
    private let store: JobStore
    private let source: Source
    private let job: JobRecord

    /// Nil where there is nothing to undo: the job goes on with its slot and publication.
    init?(_ store: JobStore, _ source: Source) throws(PostgresError) {
        guard let job = try store.job(), job.hasUnfinishedStart,
            try !store.tables().contains(where: \.isReady)
        else { return nil }
        self.store = store
        self.source = source
        self.job = job
    }

    /// Drops them; returns what has gone, for people.
    @discardableResult
    func undo(interrupt: Interrupt) throws(PostgresError) -> [String] {
        // Another database's job may go by the same name.
        let identity = try source.serverIdentity()
        guard job.systemIdentifier == identity.systemIdentifier, job.database == identity.database else { return [] }
        var gone: [String] = []
        if job.madeSlot, try dropSlot(interrupt) { gone.append("slot \"\(job.slot)\" dropped") }
        if job.madePublication, try source.dropPublication(job.publication, usedBySlot: job.slot).wasDropped {
            gone.append("publication \"\(job.publication)\" dropped")
        }
        try store.forgetMade()
        return gone
    }

    /// The server may not have noticed yet that the session which made the slot has ended.
    private func dropSlot(_ interrupt: Interrupt) throws(PostgresError) -> Bool {
        for _ in 0..<50 {
            guard let slot = try source.replicationSlot(job.slot) else { return false }
            if !slot.isActive {
                try source.dropSlot(slot)
                return true
            }
            try Wait.pause(milliseconds: 100, interrupt: interrupt)
        }
        throw JobFault.slotIsInUse(job.slot)
    }
}

internal import Catalog
internal import Job
public import Libpq
public import Postgres
internal import Publisher
internal import Subscriber

// A job of which all tables are copied again. Its rows in the shadow may go, so nothing needs to be emptied by hand. Where
// the slot is lost, or gone, or has moved past the job, changes are missing for ever: the job then begins anew, with a slot
// of its own at the next start, and until then it holds no position that anybody could go on from.
extension JobControl {
    /// Has all tables of the job copied again. Returns the changes made, for people.
    ///
    /// - Throws: where there is no job, or it cannot begin anew; then nothing has changed.
    public func resyncAll(_ source: Connection) throws(PostgresError) -> [String] {
        guard let job = try store.job() else { throw JobFault.noJob() }
        let tables = try store.tables().filter(\.isPublished).map(\.name)
        let again = tables.map { "\($0) is copied again" }
        guard !job.isRunning, !job.mode.follows || job.appliedLSN != nil else {
            _ = try store.resync(tables)
            return again
        }
        let source = Source(source)
        try job.requireSource(try source.serverIdentity())
        var done: [String] = []
        if job.mode.follows {
            guard try source.publication(job.publication) != nil else {
                throw JobFault.publicationIsGone(job.publication)
            }
            let slot = try source.replicationSlot(job.slot)
            if let slot, Self.canGoOn(job, with: slot) {
                _ = try store.resync(tables)
                return again
            }
            if let slot, slot.isLost, slot.isLogical, slot.database == job.database {
                try source.dropSlot(slot)
                done.append("slot \"\(job.slot)\" dropped, as \(JobFault.walIsGone)")
            }
            done.append("the changes since \(job.appliedLSN ?? .invalid) are lost: the job begins anew")
        }
        try store.shadow.transaction { () throws(PostgresError) in
            _ = try store.resync(tables)
            try store.renew()
        }
        return done + again
    }

    /// The slot can still send all changes that the shadow has not received.
    private static func canGoOn(_ job: JobRecord, with slot: ReplicationSlot) -> Bool {
        guard !slot.isLost, let confirmed = slot.confirmedFlushLSN, let applied = job.appliedLSN else { return false }
        return confirmed <= applied
    }
}

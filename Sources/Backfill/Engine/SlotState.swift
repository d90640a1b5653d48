internal import Catalog
internal import Job
internal import Postgres

/// Whether a job can go on with its slot.
enum SlotState {
    /// Where the slot stands.
    ///
    /// Throws 55006, which passes, while a predecessor that was killed as it created the slot has not noticed yet; and where
    /// the slot is lost.
    static func confirmedPosition(of slot: ReplicationSlot) throws(PostgresError) -> LSN {
        if !slot.isLost {
            if let confirmed = slot.confirmedFlushLSN { return confirmed }
            if let holder = slot.holder, slot.isLogical {
                throw JobFault.slotIsBeingCreated(slot.name, by: holder.description)
            }
        }
        throw JobFault.slotIsLost(slot.name, reason: slot.invalidationReason)
    }
}

internal import Job
internal import Postgres
internal import Subscriber

/// Makes the shadow's tables ready for the job's rows. Production's rows are right by definition: an object of the
/// shadow that would refuse one, or act on one, is set aside, with an event, and stands in the job until it is put
/// back.
///
///     until the rows are copied    CHECKs, and the constraints of domains that are NOT VALID; they come back by themselves, and
///                                  are validated if the source's are; those that rows break stay NOT VALID
///     while following              triggers and rules that would act, forced row security, NOT NULLs of columns that do not
///                                  come, and whatever has refused a row; `\backfill reset` puts them back
struct ShadowTables {
    private let session: JobSession
    private var shadow: Shadow { session.shadow }

    init(_ session: JobSession) { self.session = session }

    /// The shadow must have the tables; those that the job has not begun to fill, without rows.
    func require(_ tables: [FollowedTable]) throws(PostgresError) {
        for table in tables {
            guard let relation = try shadow.relation(table.name) else {
                throw JobFault.missingInShadow(table.name, makesTables: session.settings.copySchema)
            }
            guard table.state == .pending, try shadow.hasRows(relation) else { continue }
            throw JobFault.foreignRows([table.name])
        }
        try requireInert(tables.map(\.name))
    }

    /// Nothing may act on rows that the job writes: triggers and rules that would are disabled; where foreign keys
    /// cannot be kept silent, there may be none on the tables.
    func requireInert(_ tables: [QualifiedName]) throws(PostgresError) {
        try silence(tables)
        guard !session.silencesTriggers else { return }
        let acting = try shadow.actingTriggers(on: tables)
        guard acting.isEmpty else { throw JobFault.actingTriggers(acting) }
    }

    /// Makes tables ready for rows that are copied.
    func makeRoom(for tables: [CopyTable]) throws(PostgresError) {
        let setter = AsideSetter(session)
        for table in tables {
            try setter.setAside(try shadow.notNulls(ofUnsent: table.unsentColumns, table.name))
        }
        let names = tables.map(\.name)
        // A constraint that a table both inherits and declares itself shows only once the inherited one is gone.
        while true {
            let found = try shadow.constraintsOfCopy(names)
            if found.isEmpty { return }
            try session.store.setAside(found)
        }
    }

    /// Keeps triggers, rules and forced row security from acting on rows that the job writes.
    func silence(_ tables: [QualifiedName]) throws(PostgresError) {
        let found =
            try shadow.triggersToSilence(tables, isReplica: session.silencesTriggers)
            + shadow.forcedRowSecurity(tables)
        do throws(PostgresError) { try AsideSetter(session).setAside(found) } catch {
            guard error.sqlState == .insufficientPrivilege else { throw error }
            var error = error
            let names = found.map { "\($0.item.type) \($0.item.identity)" }.joined(separator: ", ")
            error.detail = "To be set aside: \(names)."
            error.hint = "Make the shadow's role a member of the tables' owner, or disable them there as that owner."
            throw error
        }
    }
}

internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

// Production's rows are right by definition: what of the shadow would refuse one, or act on one, is set aside, with an event, and
// stands in the job until it is put back.
//
//   until the rows are copied    CHECKs, and the constraints of domains that are NOT VALID; they come back by themselves, and
//                                are validated if the source's are; those that rows break stay NOT VALID
//   while following              triggers and rules that would act, forced row security, NOT NULLs of columns that do not come,
//                                and whatever has refused a row; `\backfill reset` puts them back
extension JobSession {
    /// Makes tables ready for rows that are copied.
    func makeRoom(for tables: [CopyTable]) throws(PostgresError) {
        let names = tables.map(\.name)
        for table in tables {
            try setAside(try shadow.notNulls(ofUnsent: table.unsentColumns, table.name))
        }
        // What a table has inherited as well as declared comes to light with what it has inherited gone.
        while true {
            let found = try shadow.constraintsOfCopy(names)
            if found.isEmpty { return }
            try store.setAside(found)
        }
    }

    /// Keeps triggers, rules and forced row security from acting on what the job writes.
    func silence(_ tables: [QualifiedName]) throws(PostgresError) {
        let found =
            try shadow.triggersToSilence(tables, isReplica: silencesTriggers) + shadow.forcedRowSecurity(tables)
        do throws(PostgresError) { try setAside(found) } catch {
            guard error.sqlState == .insufficientPrivilege else { throw error }
            var error = error
            let names = found.map { "\($0.item.type) \($0.item.identity)" }.joined(separator: ", ")
            error.detail = "To be set aside: \(names)."
            error.hint = "Make the shadow's role a member of the tables' owner, or disable them there as that owner."
            throw error
        }
    }

    /// Sets aside what has refused a row. False where nothing can be set aside for it.
    func setAside(for error: PostgresError, of table: QualifiedName) throws(PostgresError) -> Bool {
        try AsideSetter(shadow, store, logger: logger).setAside(for: error, of: table)
    }

    private func setAside(_ candidates: [SetAsideCandidate]) throws(PostgresError) {
        try AsideSetter(shadow, store, logger: logger).setAside(candidates)
    }

    /// What comes after the rows: the constraints that were set aside for them, keys and indexes, and what then may act on rows.
    ///
    /// - Parameter schema: nil where the shadow's schema is not the job's.
    func finishCopy(_ schema: SchemaCopy?) throws(PostgresError) {
        // A partition that is attached with the keys must have its table's constraints.
        let unvalidated = try putBackConstraints()
        try schema?.restoreKeys()
        try validate(unvalidated)
        try silence(try followedNames())
    }

    /// Puts back what an engine that was killed after its copy has left.
    func finishLeftCopy() throws(PostgresError) {
        guard try store.setAside().contains(where: \.isForCopy) else { return }
        try finishCopy(nil)
    }

    /// Puts back what was set aside for a copy that is complete, for new rows; what is to be validated yet is returned.
    private func putBackConstraints() throws(PostgresError) -> [SetAside] {
        let items = try store.setAside().filter(\.isForCopy)
        var unvalidated = items.filter { $0.aspect == .notValid }
        for item in items.reversed() where item.aspect != .notValid {
            do throws(PostgresError) {
                if let rest = try store.putBack(item) { unvalidated.append(rest) }
            } catch {
                guard error.isRefusal else { throw error }
                try keep(item, error)
            }
        }
        return unvalidated
    }

    /// Validates constraints, several at a time; those that rows of the source break stay as they are.
    private func validate(_ items: [SetAside]) throws(PostgresError) {
        for (item, error) in try IndexWorkers(self).validate(items) { try keep(item, error) }
    }

    /// What could not be put back stays set aside.
    private func keep(_ item: SetAside, _ error: PostgresError) throws(PostgresError) {
        try store.note(
            SetAside(
                type: item.type, identity: item.identity, aspect: item.aspect, table: item.table, reason: error.message,
                putBack: item.putBack))
        warn(
            item.aspect == .notValid
                ? "\(item.type) \(item.identity) is NOT VALID in the shadow: \(error.message)"
                : "\(item.type) \(item.identity) is set aside in the shadow: \(error.message)",
            hint: "The source has rows that break it. \\backfill reset tries again.")
    }

    /// Those of the tables that are to be copied into empty ones and are not in the shadow yet.
    func pendingTablesToMake(_ tables: [QualifiedName]) throws(PostgresError) -> [QualifiedName] {
        let pending = Set(try store.tables().filter { $0.state == .pending }.map(\.name))
        var missing: [QualifiedName] = []
        for table in tables where pending.contains(table) {
            if try shadow.relation(table) == nil { missing.append(table) }
        }
        return missing
    }

    /// Rows that an extension's script has written into its own tables a moment ago go for the source's: the tables count as
    /// the job's.
    func takeRowsOfExtensions(_ made: [QualifiedName]) throws(PostgresError) {
        for (table, name) in try shadow.tablesOfExtensions(made).sorted(by: { $0.key < $1.key }) {
            guard let relation = try shadow.relation(table), try shadow.hasRows(relation) else { continue }
            try store.setState(table, .copying)
            tell("the rows that extension \(name) has written into \(table) are replaced by the source's")
        }
    }
}

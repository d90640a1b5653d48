internal import Catalog
internal import Postgres

/// The plan of a request to publish tables: which are new, which change, which are published already. It is made before
/// anything is changed, and throws for a table that cannot be published.
struct PublicationPlan {
    /// A table that is added, or added anew with another column list or filter.
    private struct Addition {
        var table: Table
        var target: PublicationTarget
        /// As it is published now.
        var present: PublishedTable?

        var member: PublicationStatements.Member {
            .init(name: table.name, columns: target.columns, rowFilter: target.rowFilter)
        }
    }

    private(set) var change: PublicationChange
    private var additions: [Addition] = []
    /// Places in `additions`, by the table.
    private var places: [OID: Int] = [:]

    init(
        _ targets: [PublicationTarget], _ name: String, _ existing: Publication?, _ source: any CatalogReader
    ) throws(PostgresError) {
        change = PublicationChange(name)
        let reader = try PublicationReader(name, existing, source)
        for target in targets {
            if target.isRestricted, source.serverVersion.major < 15 {
                throw PostgresError(
                    "column lists and row filters need PostgreSQL 15",
                    detail: "The source is PostgreSQL \(source.serverVersion).", hint: "Publish the whole table.",
                    sqlState: .featureNotSupported)
            }
            for table in try reader.resolve(target.pattern) {
                try consider(table, target, reader)
            }
        }
        dropPartitionsOfAdded(reader)
        try require(existing?.needsIdentity ?? true, source)
        write(existing, name)
    }

    private mutating func consider(
        _ table: Table, _ target: PublicationTarget, _ reader: PublicationReader
    ) throws(PostgresError) {
        if table.name.isState {
            guard !target.pattern.isLiteral else { throw Self.isState("table \(table.name)") }
            change.skipped.append("\(table.name) (a job's state)")
            return
        }
        guard table.persistence == .permanent else {
            let problem = table.persistence == .unlogged ? "unlogged" : "temporary"
            guard !target.pattern.isLiteral else {
                throw PostgresError(
                    "\(problem) table \"\(table.name)\" cannot be published",
                    detail: "Its changes are not written to the WAL.",
                    hint: table.persistence == .unlogged
                        ? "Make it permanent: ALTER TABLE \(table.name.quoted) SET LOGGED." : nil,
                    sqlState: .invalidParameterValue)
            }
            change.skipped.append("\(table.name) (\(problem))")
            return
        }
        if let place = places[table.oid] {
            let same = additions[place]
            guard same.target.columns == target.columns, same.target.rowFilter == target.rowFilter else {
                throw PostgresError(
                    "table \"\(table.name)\" is named twice with different columns or conditions",
                    hint: "Name it once.", sqlState: .duplicateObject)
            }
            return
        }
        if target.isRestricted ? reader.publishesAll : reader.publishes(table) {
            change.already.append("\(table.name)")
        } else {
            places[table.oid] = additions.count
            additions.append(Addition(table: table, target: target, present: reader.members[table.oid]))
        }
    }

    static func isState(_ what: String) -> PostgresError {
        PostgresError(
            "\(what) cannot be published",
            detail: "It is the state of the job whose shadow this database is; the next one has its own.",
            hint: "Publish the tables that the job fills.", sqlState: .invalidParameterValue)
    }

    /// A partition comes along with its table.
    private mutating func dropPartitionsOfAdded(_ reader: PublicationReader) {
        let added = Set(additions.map(\.table.oid))
        additions.removeAll { addition in
            !addition.target.isRestricted && reader.ancestors(of: addition.table).contains { added.contains($0) }
        }
    }

    private func require(_ needsIdentity: Bool, _ source: any CatalogReader) throws(PostgresError) {
        guard needsIdentity else { return }
        try source.requireIdentity(additions.map(\.table))
        for addition in additions {
            guard let columns = addition.target.columns else { continue }
            let identity = addition.table.identityIndex?.columns
            let missing = (identity ?? []).filter { !columns.contains($0) }
            guard identity == nil || !missing.isEmpty else { continue }
            throw PostgresError(
                "the column list of \"\(addition.table.name)\" leaves out columns of its replica identity",
                detail: identity == nil
                    ? "Its replica identity is FULL, which is all columns."
                    : "The replica identity has also: \(missing.joined(separator: ", ")).",
                hint: "UPDATE and DELETE on the source would fail; name those columns too.",
                sqlState: .invalidParameterValue)
        }
    }

    private mutating func write(_ existing: Publication?, _ name: String) {
        guard !additions.isEmpty else { return }
        let statements = PublicationStatements(name)
        let present = additions.filter { $0.present != nil }.map(\.table.name)
        if existing == nil {
            change.statements = [statements.create(additions.map(\.member))]
            change.wasCreated = true
        } else {
            if !present.isEmpty { change.statements.append(statements.drop(tables: present)) }
            change.statements.append(statements.add(additions.map(\.member)))
        }
        change.added = additions.filter { $0.present == nil }.map { "\($0.table.name)" }
        change.changed = present.map { "\($0)" }
    }

    /// Throws where a row filter, as the server read it, makes UPDATE and DELETE fail.
    func examineFilters(_ members: [PublishedTable], needsIdentity: Bool) throws(PostgresError) {
        guard needsIdentity else { return }
        for addition in additions where addition.target.rowFilter != nil {
            guard let identity = addition.table.identityIndex?.columns,
                let member = members.first(where: { $0.oid == addition.table.oid })
            else { continue }
            let outside = member.filterColumns.filter { !identity.contains($0) }
            guard !outside.isEmpty else { continue }
            throw PostgresError(
                "the row filter of \"\(addition.table.name)\" reads columns outside its replica identity",
                detail: "These are: \(outside.joined(separator: ", ")).",
                hint: "UPDATE and DELETE on the source would fail; filter by the key, or set REPLICA IDENTITY FULL, "
                    + "or publish only inserts.", sqlState: .invalidParameterValue)
        }
    }

    /// The change, by what the publication holds now: a table that was written anew as it was before is no change.
    func change(comparing members: [PublishedTable]) -> PublicationChange {
        var change = change
        for addition in additions {
            guard let present = addition.present, let now = members.first(where: { $0.oid == present.oid }),
                now.columns.map(Set.init) == present.columns.map(Set.init), now.rowFilter == present.rowFilter
            else { continue }
            change.changed.removeAll { $0 == "\(addition.table.name)" }
            change.already.append("\(addition.table.name)")
        }
        return change
    }
}

internal import Catalog
public import Postgres

extension Source {
    /// Takes tables or schemas out of a publication; those that are not in it are listed in `already`.
    ///
    /// Throws where a name finds nothing, where the publication holds a table in another way than by its name (all tables,
    /// its schema), and with the server's error; the publication is then as it was.
    public func unpublish(
        _ request: PublicationRequest, from publication: String
    ) throws(PostgresError) -> PublicationChange {
        guard let existing = try self.publication(publication) else {
            throw PostgresError(
                "publication \"\(publication)\" does not exist", hint: "\\publications lists those that do.",
                sqlState: .undefinedObject)
        }
        guard !existing.allTables else {
            throw PostgresError(
                "publication \"\(publication)\" is for all tables; none can be taken out",
                hint: "Drop it with \\unpublish --drop, and publish the tables that are wanted.",
                sqlState: .notInPrerequisiteState)
        }
        var change: PublicationChange
        switch request {
        case .allTables:
            throw PostgresError(
                "\\unpublish takes tables or schemas",
                hint: "\\unpublish *.* takes out every table; \\unpublish --drop drops the publication.",
                sqlState: .syntaxError)
        case .schemas(let patterns): change = try removingSchemas(patterns, existing)
        case .tables(let targets): change = try removingTables(targets, existing)
        }
        guard !change.statements.isEmpty else { return change }
        try run(change.statements)
        change.already.sort()
        return change
    }

    /// Drops a publication. One that does not exist is listed in `already`.
    ///
    /// - Parameter slot: the job's slot: while it is in use the publication stays, since the stream could not go on.
    public func dropPublication(_ name: String, usedBySlot slot: String) throws(PostgresError) -> PublicationChange {
        var change = PublicationChange(name)
        guard try publication(name) != nil else {
            change.already = ["publication \(QualifiedName.display(name))"]
            return change
        }
        if let holder = try replicationSlot(slot)?.holder {
            throw PostgresError(
                "publication \"\(name)\" is in use", detail: "Slot \"\(slot)\" is active for \(holder).",
                hint: "Stop the job first (\\backfill stop); without its publication it could not go on.",
                sqlState: .objectInUse)
        }
        change.statements = [PublicationStatements(name).dropPublication()]
        try run(change.statements)
        change.wasDropped = true
        return change
    }

    /// Drops a job's publication, its slot, or both: where one cannot be dropped, the other stays too.
    ///
    /// - Parameter publication: nil to keep it.
    public func dropTraces(
        ofSlot slot: String, dropsSlot: Bool, publication: String?
    ) throws(PostgresError) -> (slot: Bool, publication: Bool) {
        try atomically { () throws(PostgresError) in
            let isUnpublished = try publication.map { name throws(PostgresError) in
                try dropPublication(name, usedBySlot: slot).wasDropped
            }
            // No rollback brings a slot back, so it comes last.
            guard dropsSlot, let existing = try replicationSlot(slot) else { return (false, isUnpublished ?? false) }
            try dropSlot(existing)
            return (true, isUnpublished ?? false)
        }
    }

    private func removingTables(
        _ targets: [PublicationTarget], _ existing: Publication
    ) throws(PostgresError) -> PublicationChange {
        var change = PublicationChange(existing.name)
        let reader = try PublicationReader(existing.name, existing, self)
        var tables: [Table] = []
        for target in targets {
            guard !target.isRestricted else {
                throw PostgresError(
                    "\\unpublish takes no columns and no condition", hint: "Name the table alone.",
                    sqlState: .syntaxError)
            }
            for table in try reader.resolve(target.pattern) where !tables.contains(where: { $0.oid == table.oid }) {
                if reader.members[table.oid] != nil {
                    tables.append(table)
                } else if reader.publishes(table), target.pattern.isLiteral {
                    throw PostgresError(
                        "table \"\(table.name)\" is published with its \(table.isPartition ? "parent" : "schema")",
                        hint: table.isPartition
                            ? "Take out the partitioned table that it belongs to."
                            : "Take out the schema: \\unpublish schema \(QualifiedName.display(table.name.schema))",
                        sqlState: .notInPrerequisiteState)
                } else {
                    change.already.append("\(table.name)")
                }
            }
        }
        change.removed = tables.map { "\($0.name)" }
        if !tables.isEmpty {
            change.statements = [PublicationStatements(existing.name).drop(tables: tables.map(\.name))]
        }
        return change
    }

    /// The schema itself, and the tables of it that were published by their names.
    private func removingSchemas(
        _ patterns: [NamePattern], _ existing: Publication
    ) throws(PostgresError) -> PublicationChange {
        var change = PublicationChange(existing.name)
        let statements = PublicationStatements(existing.name)
        let schemas = try self.schemas(named: patterns)
        let published = Set(try publicationSchemas(of: [existing.name])[existing.name] ?? [])
        let whole = schemas.filter(published.contains)
        let members = (try publicationMembers(of: [existing.name])[existing.name] ?? []).filter {
            schemas.contains($0.name.schema)
        }
        if !whole.isEmpty { change.statements.append(statements.drop(schemas: whole)) }
        if !members.isEmpty { change.statements.append(statements.drop(tables: members.map(\.name))) }
        change.removed = whole.map(Self.schemaLabel) + members.map { "\($0.name)" }
        change.already = schemas.filter { schema in
            !published.contains(schema) && !members.contains { $0.name.schema == schema }
        }.map(Self.schemaLabel)
        return change
    }
}

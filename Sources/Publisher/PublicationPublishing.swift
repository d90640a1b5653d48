internal import Catalog
public import Postgres

// Publishing is all or nothing: what is asked is resolved to tables and examined first; then the statements run in one
// transaction, in which the server's reading of row filters is examined before the commit.
extension Source {
    /// Publishes what is asked, in the publication of this name, which is created where it is missing.
    ///
    /// Throws where a name finds nothing, where a table cannot be published or would make the source's own UPDATE and
    /// DELETE fail, and with the server's error; the publication is then as it was.
    public func publish(
        _ request: PublicationRequest, in publication: String
    ) throws(PostgresError) -> PublicationChange {
        let existing = try self.publication(publication)
        switch request {
        case .allTables: return try publishAllTables(publication, existing)
        case .schemas(let patterns): return try publishSchemas(patterns, publication, existing)
        case .tables(let targets): return try publishTables(targets, publication, existing)
        }
    }

    private func publishAllTables(
        _ name: String, _ existing: Publication?
    ) throws(PostgresError) -> PublicationChange {
        var change = PublicationChange(name)
        if let existing {
            guard existing.allTables else {
                throw PostgresError(
                    "publication \"\(name)\" exists and is not for all tables",
                    hint: "Add the tables that there are with \\publish *.*, or drop it first with \\unpublish --drop.",
                    sqlState: .duplicateObject)
            }
            change.already = ["all tables"]
            return change
        }
        try requireIdentity(tables().filter { $0.persistence == .permanent && $0.kind == .ordinary })
        change.statements = [PublicationStatements(name).createForAllTables()]
        try run(
            change.statements,
            refusedHint: "Publish the tables that there are with \\publish *.*, or connect as a superuser.")
        change.wasCreated = true
        change.added = ["all tables"]
        return change
    }

    /// From 15 on, and for a superuser, the schema itself is published, with tables that are made later; else its tables.
    private func publishSchemas(
        _ patterns: [NamePattern], _ name: String, _ existing: Publication?
    ) throws(PostgresError) -> PublicationChange {
        let publishesSchemas = serverVersion.major >= 15 ? try role().isSuperuser : false
        guard publishesSchemas else {
            let schemas = try publishableSchemas(patterns)
            let targets = schemas.map { schema in
                PublicationTarget(TablePattern(tablesOf: NamePattern(exactly: schema)))
            }
            var change = try publishTables(targets, name, existing)
            if existing?.allTables != true { change.closedSchemas = schemas }
            return change
        }
        var change = PublicationChange(name)
        let schemas = try publishableSchemas(patterns)
        if existing?.allTables == true {
            change.already = schemas.map(Self.schemaLabel)
            return change
        }
        let published = Set(try publicationSchemas(of: [name])[name] ?? [])
        let new = schemas.filter { !published.contains($0) }
        change.already = schemas.filter(published.contains).map(Self.schemaLabel)
        guard !new.isEmpty else { return change }
        if existing?.needsIdentity ?? true {
            try requireIdentity(
                tables().filter {
                    $0.persistence == .permanent && $0.kind == .ordinary && new.contains($0.name.schema)
                })
        }
        let statements = PublicationStatements(name)
        change.statements = [existing == nil ? statements.create(schemas: new) : statements.add(schemas: new)]
        try run(change.statements)
        change.wasCreated = existing == nil
        change.added = new.map(Self.schemaLabel)
        return change
    }

    /// Without that of a job's state.
    private func publishableSchemas(_ patterns: [NamePattern]) throws(PostgresError) -> [String] {
        let schemas = try self.schemas(named: patterns)
        guard schemas.count > 1 || schemas.first != QualifiedName.stateSchema,
            !patterns.contains(where: { $0.literal == QualifiedName.stateSchema })
        else { throw PublicationPlan.isState("schema \(QualifiedName.stateSchema)") }
        return schemas.filter { $0 != QualifiedName.stateSchema }
    }

    private func publishTables(
        _ targets: [PublicationTarget], _ name: String, _ existing: Publication?
    ) throws(PostgresError) -> PublicationChange {
        let plan = try PublicationPlan(targets, name, existing, self)
        guard !plan.change.statements.isEmpty else { return plan.change }
        return try atomically(plan.change.statements) { () throws(PostgresError) in
            try run(plan.change.statements)
            let members = try publicationMembers(of: [name])[name] ?? []
            try plan.examineFilters(members, needsIdentity: existing?.needsIdentity ?? true)
            return plan.change(comparing: members)
        }
    }

    static func schemaLabel(_ schema: String) -> String { "schema \(QualifiedName.display(schema))" }
}

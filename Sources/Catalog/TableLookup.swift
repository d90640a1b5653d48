internal import Libpq
public import Postgres
internal import Scripts

extension CatalogReader {
    /// The schemas of this database that are not the system's own, by name.
    public func schemas() throws(PostgresError) -> [String] {
        var schemas: [String] = []
        for row in try read(.catalogSchemas).rows { schemas.append(try row.string("schema")) }
        return schemas
    }

    /// The schemas that patterns name; throws where a pattern matches no schema, or one of the system's.
    public func schemas(named patterns: [NamePattern]) throws(PostgresError) -> [String] {
        let all = try schemas()
        var found: [String] = []
        for pattern in patterns {
            let matching = all.filter(pattern.matches)
            guard !matching.isEmpty else {
                throw PostgresError(
                    pattern.literal.map { "schema \"\($0)\" does not exist" } ?? "no schema matches the pattern",
                    hint: "\\dn lists the schemas of this database.", sqlState: SQLState("3F000"))
            }
            for schema in matching where !found.contains(schema) { found.append(schema) }
        }
        return found
    }

    /// The tables that a person named, each once, in the order of the patterns.
    ///
    /// Throws where a pattern matches no table; the hint says where else a table of that name is.
    public func tables(named patterns: [TablePattern]) throws(PostgresError) -> [Table] {
        var tables: [Table] = []
        var seen: Set<OID> = []
        for pattern in patterns {
            let found = try self.tables(matching: pattern)
            if found.isEmpty { throw try noTable(pattern) }
            for table in found where seen.insert(table.oid).inserted { tables.append(table) }
        }
        return tables
    }

    /// The tables that a selection takes in, of those that can be published.
    public func tables(selectedBy selection: TableSelection) throws(PostgresError) -> [Table] {
        selection.publishable(try tables())
    }

    private func noTable(_ pattern: TablePattern) throws(PostgresError) -> PostgresError {
        var hint = "\\tables lists the tables of this database."
        if pattern.isLiteral, let other = try tables(matching: pattern, includingOthers: true).first {
            let problem =
                other.isSystem
                ? "is a system table" : "is a \(other.kind.name), which logical replication does not carry"
            return PostgresError(
                "\"\(other.name)\" \(problem)", hint: "Name ordinary or partitioned tables.",
                sqlState: .wrongObjectType)
        }
        if pattern.schema == nil {
            let elsewhere = try tables().filter { pattern.matches($0.name) }
            if let other = elsewhere.first {
                hint = "The search path does not show \(other.name); write it with its schema."
            }
        }
        return PostgresError(
            pattern.isLiteral ? "table \"\(pattern)\" does not exist" : "no table matches \"\(pattern)\"", hint: hint,
            sqlState: .undefinedTable)
    }
}

extension TableSelection {
    /// The tables that it takes in, of those that can be published: permanent, not of a job's state, and not the partition of
    /// a table that is taken in itself, which brings its partitions along.
    public func publishable(_ tables: [Table]) -> [Table] {
        let selected = tables.filter { $0.persistence == .permanent && includes($0.name) && !$0.name.isState }
        let oids = Set(selected.map(\.oid))
        return selected.filter { table in table.parent.map { !oids.contains($0) } ?? true }
    }
}

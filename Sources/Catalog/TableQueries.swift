internal import Libpq
public import Postgres
internal import Scripts

extension CatalogReader {
    /// The tables that a pattern names; with `nil` all that are not the system's own. A pattern without a schema finds what
    /// the search path shows. Ordered by name.
    ///
    /// - Parameter includingOthers: also views, foreign tables and the system's tables.
    public func tables(matching pattern: TablePattern? = nil, includingOthers: Bool = false) throws(PostgresError)
        -> [Table]
    {
        let result = try read(
            .catalogTables,
            [
                pattern?.schema?.regularExpression, pattern?.name.regularExpression,
                parameter(pattern != nil && pattern?.schema == nil), parameter(includingOthers),
            ])
        var tables: [Table] = []
        for row in result.rows { tables.append(try Table(row)) }
        return tables
    }

    /// The columns of tables, by the table.
    public func columns(of tables: some Collection<OID>) throws(PostgresError) -> [OID: [Column]] {
        var columns: [OID: [Column]] = [:]
        for row in try read(.catalogColumns, [tables.arrayText]).rows {
            columns[try row.oid("table_oid"), default: []].append(try Column(row))
        }
        return columns
    }

    /// The sizes of tables, by the table. Takes an ACCESS SHARE lock on each for the moment, as `\dt+` does.
    public func sizes(of tables: some Collection<OID>) throws(PostgresError) -> [OID: TableSize] {
        var sizes: [OID: TableSize] = [:]
        for row in try read(.catalogTableSizes, [tables.arrayText]).rows {
            sizes[try row.oid("table_oid")] = TableSize(
                estimatedRows: try row.optionalInt("estimated_rows"), totalBytes: try row.int("total_bytes"))
        }
        return sizes
    }

    /// The partitions that store the rows of partitioned tables, by the table that was asked for.
    public func partitionLeaves(of tables: some Collection<OID>) throws(PostgresError) -> [OID: [PartitionLeaf]] {
        var leaves: [OID: [PartitionLeaf]] = [:]
        for row in try read(.catalogPartitionLeaves, [tables.arrayText]).rows {
            leaves[try row.oid("root_oid"), default: []].append(
                PartitionLeaf(oid: try row.oid("leaf_oid"), name: try row.qualifiedName()))
        }
        return leaves
    }

    /// The indexes of tables, by the table.
    public func indexes(of tables: some Collection<OID>) throws(PostgresError) -> [OID: [Index]] {
        var indexes: [OID: [Index]] = [:]
        for row in try read(.catalogIndexes, [tables.arrayText]).rows {
            indexes[try row.oid("table_oid"), default: []].append(try Index(row))
        }
        return indexes
    }
}

extension Row {
    /// A column that holds one of an enumeration's letters; one that this program does not know throws.
    func letter<Value: RawRepresentable<String>>(_ column: String) throws(PostgresError) -> Value {
        let text = try string(column)
        guard let value = Value(rawValue: text) else { throw unknownLetter(text, column) }
        return value
    }

    func unknownLetter(_ text: String, _ column: String) -> PostgresError {
        PostgresError(
            "unknown value \"\(text)\" in column \"\(column)\" of the catalog",
            hint: "The server is newer than this program knows; use a later version of scry-backfill.",
            sqlState: .featureNotSupported)
    }
}

extension Table {
    init(_ row: Row) throws(PostgresError) {
        let identity = try row.string("replica_identity")
        guard let replicaIdentity = ReplicaIdentity(identity) else {
            throw row.unknownLetter(identity, "replica_identity")
        }
        self.init(
            oid: try row.oid("oid"), name: try row.qualifiedName(), kind: try row.letter("kind"),
            persistence: try row.letter("persistence"), owner: try row.string("owner"),
            isOwner: try row.bool("is_owner"), isSystem: try row.bool("is_system"), replicaIdentity: replicaIdentity,
            primaryKey: try IndexColumns(row, "primary_key"), identityIndex: try IndexColumns(row, "identity"),
            isPartition: try row.bool("is_partition"),
            parent: try row.optionalString("parent_oid") == nil ? nil : row.oid("parent_oid"),
            hasChildren: try row.bool("has_children"), hasRowSecurity: try row.bool("row_security"),
            pages: try row.int("pages"), estimatedRows: try row.optionalInt("estimated_rows"))
    }
}

extension Table.IndexColumns {
    /// The columns `…_oid` and `…_columns`; nil where they are null.
    init?(_ row: Row, _ prefix: String) throws(PostgresError) {
        guard try row.optionalString("\(prefix)_oid") != nil else { return nil }
        self.init(oid: try row.oid("\(prefix)_oid"), columns: try row.strings("\(prefix)_columns"))
    }
}

extension Column {
    init(_ row: Row) throws(PostgresError) {
        self.init(
            number: try row.int("number"), name: try row.string("name"), type: try row.oid("type_oid"),
            typeName: try row.string("type"), isNotNull: try row.bool("not_null"),
            generated: try row.letter("generated"), identity: try row.letter("identity"),
            maySelect: try row.bool("may_select"))
    }
}

extension Index {
    init(_ row: Row) throws(PostgresError) {
        self.init(
            oid: try row.oid("oid"), name: try row.qualifiedName(), method: try row.string("method"),
            isUnique: try row.bool("is_unique"), isPrimary: try row.bool("is_primary"),
            isValid: try row.bool("is_valid"), isImmediate: try row.bool("is_immediate"),
            isPartial: try row.bool("is_partial"), hasExpressions: try row.bool("has_expressions"),
            columns: try row.strings("columns"), constraint: try row.optionalString("constraint_name"),
            definition: try row.string("definition"))
    }
}

internal import Libpq
public import Postgres
internal import Scripts

extension CatalogReader {
    /// Tables as the catalog describes them now; those that do not exist are left out. The caller's transaction gives all queries
    /// one moment (`atOneMoment`).
    public func shapes(of tables: some Collection<OID>) throws(PostgresError) -> [TableShape] {
        guard !tables.isEmpty else { return [] }
        let list = tables.arrayText
        var missing: [OID: [Int: TableShape.Missing]] = [:]
        // Before 11 a new column with a default is written into every row.
        if serverVersion.major >= 11 {
            for row in try read(.catalogShapeMissing, [list]).rows {
                missing[try row.oid("oid"), default: [:]][try row.int("number")] =
                    try row.optionalString("value").map { .value($0) } ?? .unknown
            }
        }
        var columns: [OID: [TableShape.Column]] = [:]
        for row in try read(.catalogShapeColumns, [list]).rows {
            let (oid, number) = (try row.oid("oid"), try row.int("number"))
            columns[oid, default: []].append(try column(row, missing[oid]?[number] ?? .null))
        }
        var parts: [OID: [TableShape.Part]] = [:]
        for row in try read(.catalogShapeParts, [list]).rows {
            guard let kind = TableShape.Part.Kind(rawValue: try row.string("kind")) else { continue }
            parts[try row.oid("oid"), default: []].append(
                TableShape.Part(kind, try row.string("name"), try row.string("definition")))
        }
        var shapes: [TableShape] = []
        for row in try read(.catalogShapeTables, [list]).rows {
            let oid = try row.oid("oid")
            shapes.append(
                TableShape(
                    oid: oid, name: try row.qualifiedName(), schemaOID: try row.oid("schema_oid"),
                    isPartitioned: try row.bool("is_partitioned"),
                    fileNode: try row.oid("file_node").value, definedBy: try row.transactionID("defined_by").value,
                    horizon: Int64(try row.int("horizon")), highestColumn: try row.int("highest_column"),
                    replicaIdentity: try rowIdentity(row), clusteredOn: try row.optionalString("clustered_on"),
                    columns: columns[oid] ?? [], parts: parts[oid] ?? []))
        }
        return shapes
    }

    private func rowIdentity(_ row: Row) throws(PostgresError) -> TableShape.RowIdentity {
        switch ReplicaIdentity(try row.string("replica_identity")) {
        case .full?: .full
        case .nothing?: .nothing
        // An index that was dropped leaves the letter.
        case .index?: try row.optionalString("identity_index").map { .index($0) } ?? .nothing
        case .default?, nil: .default
        }
    }

    private func column(_ row: Row, _ missing: TableShape.Missing) throws(PostgresError) -> TableShape.Column {
        let generated = try row.string("generated")
        let identity = try row.string("identity")
        guard let generated = TableShape.Generated(rawValue: generated),
            let identity = TableShape.Identity(rawValue: identity)
        else {
            throw PostgresError(
                "a column is of a kind that this program does not know (\"\(generated)\", \"\(identity)\")",
                hint: "Use a newer release.", sqlState: .featureNotSupported)
        }
        return TableShape.Column(
            number: try row.int("number"), name: try row.string("name"), type: try row.string("type"),
            typeOID: try row.oid("type_oid").value, modifier: Int32(try row.int("modifier")),
            collation: try row.optionalString("collation"), isNotNull: try row.bool("not_null"),
            expression: try row.optionalString("expression"),
            expressionDigest: try row.optionalString("expression_digest"),
            generated: generated, identity: identity,
            missing: missing, definedBy: try row.transactionID("defined_by").value)
    }

    /// The transactions that have ended, as the session sees them now.
    public func transactionSnapshot() throws(PostgresError) -> TransactionSnapshot {
        guard let text = try read(.catalogSnapshot).rows.first?.string("snapshot"),
            let snapshot = TransactionSnapshot(text)
        else { throw PostgresError("the server named no snapshot", sqlState: .protocolViolation) }
        return snapshot
    }

    /// Tables by their names; those that do not exist are left out.
    public func oids(of names: [QualifiedName]) throws(PostgresError) -> [QualifiedName: OID] {
        var oids: [QualifiedName: OID] = [:]
        for row in try read(.catalogShapeOids, names.arrays).rows { oids[try row.qualifiedName()] = try row.oid("oid") }
        return oids
    }
}

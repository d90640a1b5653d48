internal import Libpq
public import Postgres
internal import Scripts

/// Objects of one database, by their catalogs and OIDs.
public struct CatalogSet: Sendable {
    /// By the address in the catalogs, what the object is.
    public private(set) var identities: [Address: CatalogObject.Identity]

    public struct Address: Hashable, Sendable {
        let classID: OID
        let objectID: OID
    }

    /// The names of the objects, as `pg_identify_object` writes them.
    public var names: Set<String> { Set(identities.values.map(\.name)) }

    /// With those of another set of the same database.
    public func union(_ other: CatalogSet) -> CatalogSet {
        CatalogSet(identities: identities.merging(other.identities) { own, _ in own })
    }

    /// Those that the other database's set does not name.
    public func identities(missingIn other: CatalogSet) -> Set<CatalogObject.Identity> {
        Set(identities.values).subtracting(other.identities.values)
    }
}

/// A table that a name stands for: itself, or a partition below it.
public struct NamedTable: Sendable {
    public let oid: OID
    /// As `pg_identify_object` writes it.
    public let identity: String
    /// The name that was asked for.
    public let askedFor: QualifiedName
}

/// The queries of a comparison of schemas. The session must be a fixed one (`ConnectionString.fixed`).
extension CatalogReader {
    /// The tables of these names that exist here, with all partitions below them.
    public func namedTables(_ names: [QualifiedName]) throws(PostgresError) -> [NamedTable] {
        var tables: [NamedTable] = []
        for row in try read(.catalogSchemaTables, names.arrays).rows {
            tables.append(
                NamedTable(
                    oid: try row.oid("oid"), identity: try row.string("identity"), askedFor: try row.qualifiedName()))
        }
        return tables
    }

    /// All objects that tables need, and what belongs to them: the set by which the job brings the schema over.
    public func neededObjects(of tables: some Collection<OID>) throws(PostgresError) -> CatalogSet {
        var identities: [CatalogSet.Address: CatalogObject.Identity] = [:]
        for row in try read(.catalogSchemaObjects, [tables.arrayText]).rows {
            let address = CatalogSet.Address(classID: try row.oid("classid"), objectID: try row.oid("objid"))
            identities[address] = CatalogObject.Identity(try row.string("type"), try row.string("identity"))
        }
        return CatalogSet(identities: identities)
    }

    /// The objects of these identities that exist here, parts of others left aside.
    public func objects(named wanted: Set<CatalogObject.Identity>) throws(PostgresError) -> CatalogSet {
        guard !wanted.isEmpty else { return CatalogSet(identities: [:]) }
        let list = Array(wanted)
        var identities: [CatalogSet.Address: CatalogObject.Identity] = [:]
        let parameters = [ArrayText.text(list.map(\.type)), ArrayText.text(list.map(\.name))]
        for row in try read(.catalogSchemaNamed, parameters).rows {
            let address = CatalogSet.Address(classID: try row.oid("classid"), objectID: try row.oid("objid"))
            identities[address] = CatalogObject.Identity(try row.string("type"), try row.string("identity"))
        }
        return CatalogSet(identities: identities)
    }

    /// The schema of a set of objects and all their parts, with every fact that is compared.
    public func catalogSchema(of set: CatalogSet) throws(PostgresError) -> CatalogSchema {
        let addresses = Array(set.identities.keys)
        let parts = try read(
            .catalogSchemaParts, [addresses.map(\.classID).arrayText, addresses.map(\.objectID).arrayText])
        var identities: [PartAddress: CatalogObject.Identity] = [:]
        for row in parts.rows {
            identities[try PartAddress(row, "")] = CatalogObject.Identity(
                try row.string("type"), try row.string("identity"))
        }
        let facts = try facts(of: Array(identities.keys))
        var objects: [CatalogObject] = []
        for row in parts.rows {
            let address = try PartAddress(row, "")
            guard let identity = identities[address] else { continue }
            var parent: CatalogObject.Identity?
            if try row.optionalString("parent_objid") != nil { parent = identities[try PartAddress(row, "parent_")] }
            var above: CatalogObject.Identity?
            if try row.optionalString("above_objid") != nil {
                above =
                    identities[
                        PartAddress(
                            classID: address.classID, objectID: try row.oid("above_objid"),
                            number: try row.int("above_objsubid"))]
            }
            let column = try row.optionalString("name").map {
                CatalogObject.ColumnPlace(name: $0, number: address.number)
            }
            objects.append(
                CatalogObject(
                    identity, parent: parent, above: above,
                    isForeignKey: try row.optionalString("refers_to") != nil,
                    target: try row.optionalString("refers_to"), column: column, facts: facts[address] ?? [:]))
        }
        return CatalogSchema(majorVersion: serverVersion.major, objects)
    }

    private func facts(of objects: [PartAddress]) throws(PostgresError) -> [PartAddress: [String: String]] {
        let parameters = [
            objects.map(\.classID).arrayText, objects.map(\.objectID).arrayText,
            "{" + objects.map { String($0.number) }.joined(separator: ",") + "}",
        ]
        let scripts: [ReadScript] = [
            .catalogSchemaRelations, .catalogSchemaColumns, .catalogSchemaConstraints, .catalogSchemaTypes,
            .catalogSchemaOperators, .catalogSchemaComments,
        ]
        var facts: [PartAddress: [String: String]] = [:]
        for script in scripts {
            for row in try read(script, parameters).rows {
                facts[try PartAddress(row, ""), default: [:]][try row.string("fact")] = try row.string("value")
            }
        }
        return facts
    }
}

/// An object, or a column of one.
private struct PartAddress: Hashable {
    let classID: OID
    let objectID: OID
    let number: Int

    init(classID: OID, objectID: OID, number: Int) {
        self.classID = classID
        self.objectID = objectID
        self.number = number
    }

    init(_ row: Row, _ prefix: String) throws(PostgresError) {
        self.init(
            classID: try row.oid("\(prefix)classid"), objectID: try row.oid("\(prefix)objid"),
            number: try row.int("\(prefix)objsubid"))
    }
}

internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

extension Preflight {
    static let compatibility = Check("compatibility", "Types and features of the tables", needs: .source) {
        examination throws(PostgresError) in
        let oids = Set(examination.followed.flatMap { [$0.table.oid] + $0.leaves.map(\.oid) })
        guard !oids.isEmpty else { return .skip("no table to follow") }
        let source = try examination.readSource()
        let parameter = ArrayText.text(oids.map(\.description))
        var types: [String: [String]] = [:]
        for row in try source.read(.preflightColumnTypes, [parameter]).rows {
            types[try row.string("type")] = try row.strings("tables")
        }
        if let shadow = examination.readableShadow, shadow.serverVersion.major < source.serverVersion.major {
            if let fault = try unknown(types, parameter, source, shadow) { return fault }
        }
        let local = types.filter { localTypes.contains($0.key) }.sorted { $0.key < $1.key }
        guard local.isEmpty else {
            return .warn(
                "columns of \(list(local.map(\.key))) name objects of the source's own cluster",
                found: list(local.map { "\($0.key) in \(list($0.value))" }, limit: 5),
                needed: "values that mean the same elsewhere",
                hint: "Names (regclass and its like) must exist in the shadow under the same name; numbers "
                    + "(oid, xid, pg_lsn, …) are copied, but mean nothing there. Exclude such tables where they only "
                    + "serve the source.")
        }
        return .pass("the tables have no types or features that the shadow lacks")
    }

    /// Types whose values refer to the cluster that they are in.
    private static let localTypes: Set<String> = [
        "aclitem", "cid", "oid", "pg_lsn", "pg_snapshot", "regclass", "regcollation", "regconfig", "regdatabase",
        "regdictionary", "regnamespace", "regoper", "regoperator", "regproc", "regprocedure", "regrole", "regtype",
        "tid", "txid_snapshot", "xid", "xid8",
    ]

    /// Features that an older shadow cannot have.
    private static func unknown(
        _ types: [String: [String]], _ parameter: String, _ source: any CatalogReader, _ shadow: any CatalogReader
    ) throws(PostgresError) -> Outcome? {
        var missing: [String] = []
        for row in try shadow.read(.preflightUnknownTypes, [ArrayText.text(types.keys.sorted())]).rows {
            let type = try row.string("name")
            missing.append("type \(type) in \(list(types[type] ?? []))")
        }
        for row in try source.read(.preflightSchemaFeatures, [parameter]).rows
        where try row.int("since") > shadow.serverVersion.major {
            missing.append("\(try row.string("feature")) in \(list(try row.strings("tables")))")
        }
        let version = shadow.serverVersion
        guard missing.isEmpty else {
            return .fail(
                "the shadow's PostgreSQL \(version) lacks what the tables have", found: list(missing, limit: 5),
                needed: "a shadow of PostgreSQL \(source.serverVersion.major)",
                hint: "Use a newer server for the shadow, or exclude the tables.")
        }
        if version.major < 14, source.serverVersion.major >= 14, let tables = types["numeric"] {
            return .warn(
                "the shadow's PostgreSQL \(version) has no infinite numeric", found: "numeric in \(list(tables))",
                needed: "PostgreSQL 14 or later, where a column holds Infinity",
                hint: "Search for such values: SELECT … WHERE column IN ('Infinity', '-Infinity'). One stops the job.")
        }
        return nil
    }
}

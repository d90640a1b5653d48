internal import Libpq
internal import Postgres
internal import Scripts

extension DescribeCommand {
    /// The objects of schemas that are not relations, and those of a database.
    static let objectCommands: [DescribeCommand] = [
        DescribeCommand("dconfig", "[+] [PATTERN]", "list configuration parameters", completes: .setting) {
            request throws(PostgresError) in try request.listParameters()
        },
        DescribeCommand("dD", "[S+] [PATTERN]", "list domains", completes: .type, modifiers: "S+") {
            request throws(PostgresError) in
            var columns = ["Schema", "Name", "Type", "Collation", "Nullable", "Default", "Check"]
            if request.isVerbose { columns += ["Access privileges", "Description"] }
            return try request.list(
                .describeDomains, try request.schemaParameters(), title: "List of domains", columns: columns)
        },
        DescribeCommand(
            "df", "[anptw][S+] [PATTERN]", "list [only agg/normal/procedure/trigger/window] functions",
            completes: .function, modifiers: "anptwS+"
        ) { request throws(PostgresError) in try request.listFunctions() },
        DescribeCommand(
            "dp", "[PATTERN]", "list table, view, and sequence access privileges", completes: .relation,
            modifiers: "S+"
        ) { request throws(PostgresError) in try request.listPrivileges() },
        DescribeCommand(
            "dP", "[itn+] [PATTERN]", "list [only index/table] partitioned relations [n=nested]", completes: .table,
            modifiers: "itn+"
        ) { request throws(PostgresError) in try request.listPartitioned() },
        DescribeCommand("dRp", "[+] [PATTERN]", "list replication publications", completes: .publication) {
            request throws(PostgresError) in try request.listPublications()
        },
        DescribeCommand("dRs", "[+] [PATTERN]", "list replication subscriptions") {
            request throws(PostgresError) in try request.listSubscriptions()
        },
        DescribeCommand("dT", "[S+] [PATTERN]", "list data types", completes: .type, modifiers: "S+") {
            request throws(PostgresError) in try request.listTypes()
        },
        DescribeCommand("dy", "[+] [PATTERN]", "list event triggers") { request throws(PostgresError) in
            var columns = ["Name", "Event", "Owner", "Enabled", "Function", "Tags"]
            if request.isVerbose { columns.append("Description") }
            return try request.list(
                .describeEventTriggers, [try request.objectPattern(parts: 1).name], title: "List of event triggers",
                columns: columns)
        },
        DescribeCommand("z", "[PATTERN]", "same as \\dp", completes: .relation, modifiers: "S+") {
            request throws(PostgresError) in try request.listPrivileges()
        },
    ]
}

extension DescribeRequest {
    func listParameters() throws(PostgresError) -> [DescribeResult] {
        // psql does not count this pattern's dots: a parameter's name may have some.
        let name = try ObjectPattern(pattern, parts: .max, database: connection.database).name
        let hasPrivileges = isVerbose && version >= 150000
        return try list(
            hasPrivileges ? .describeParametersVerbose : .describeParameters,
            [pattern == nil ? nil : name ?? "^(.*)$"],
            title: pattern == nil
                ? "List of non-default configuration parameters" : "List of configuration parameters",
            columns: ["Parameter", "Value"] + (isVerbose ? ["Type", "Context", "Access privileges"] : []))
    }

    func listFunctions() throws(PostgresError) -> [DescribeResult] {
        var kinds = modifiers.filter { "anptw".contains($0) }
        if kinds.contains("p") && version < 110000 {
            return [
                .refused(
                    "\\df does not take a \"p\" option with server version \(connection.serverVersion)")
            ]
        }
        if kinds.isEmpty { kinds = "anptw" }
        let script =
            version >= 140000
            ? ReadScript.describeFunctions : version >= 110000 ? .describeFunctions13 : .describeFunctions10
        var columns = ["Schema", "Name", "Result data type", "Argument data types", "Type"]
        if isVerbose {
            columns += [
                "Volatility", "Parallel", "Owner", "Security", "Access privileges", "Language", "Source code",
                "Description",
            ]
        }
        return try list(script, try schemaParameters() + [kinds], title: "List of functions", columns: columns)
    }

    func listPrivileges() throws(PostgresError) -> [DescribeResult] {
        let pattern = try objectPattern(parts: 3)
        return try list(
            .describePrivileges, [pattern.schema, pattern.name, parameter(pattern.visibleOnly)],
            title: "Access privileges",
            columns: ["Schema", "Name", "Type", "Access privileges", "Column privileges", "Policies"])
    }

    func listTypes() throws(PostgresError) -> [DescribeResult] {
        let showsArrays = pattern?.contains("[]") ?? false
        let canonical = pattern.map { Self.canonicalTypes[$0.lowercased()] ?? $0 }
        let name = try ObjectPattern(canonical, parts: 3, database: connection.database)
        var columns = ["Schema", "Name"]
        if isVerbose { columns += ["Internal name", "Size", "Elements", "Owner", "Access privileges"] }
        return try list(
            .describeTypes,
            [name.schema, name.name, parameter(name.visibleOnly), parameter(hidesSystem), parameter(showsArrays)],
            title: "List of data types", columns: columns + ["Description"])
    }

    /// Names that the grammar takes and the catalog does not know (gram.y, SimpleTypename).
    private static let canonicalTypes = [
        "decimal": "numeric", "float": "double precision", "int": "integer", "bool[]": "boolean[]",
        "decimal[]": "numeric[]", "float[]": "double precision[]", "float4[]": "real[]",
        "float8[]": "double precision[]", "int[]": "integer[]", "int2[]": "smallint[]", "int4[]": "integer[]",
        "int8[]": "bigint[]", "time[]": "time without time zone[]", "timetz[]": "time with time zone[]",
        "timestamp[]": "timestamp without time zone[]", "timestamptz[]": "timestamp with time zone[]",
        "varbit[]": "bit varying[]", "varchar[]": "character varying[]",
    ]

    func listPartitioned() throws(PostgresError) -> [DescribeResult] {
        let isBoth = modifiers.contains("t") == modifiers.contains("i")
        let showsTables = isBoth || modifiers.contains("t")
        let showsIndexes = isBoth || modifiers.contains("i")
        let showsNested = modifiers.contains("n")
        let showsParents = showsNested || pattern != nil
        let name = try objectPattern(parts: 3)
        let kinds = (showsTables ? ["p"] : []) + (showsIndexes ? ["I"] : [])
        var columns = ["Schema", "Name", "Owner"]
        if isBoth { columns.append("Type") }
        if showsParents { columns.append("Parent name") }
        if showsIndexes { columns.append("Table") }
        if isVerbose { columns += (showsNested ? ["Leaf partition size"] : []) + ["Total size", "Description"] }
        return try list(
            version >= 120000 ? .describePartitioned : .describePartitioned11,
            [
                name.schema, name.name, parameter(name.visibleOnly), parameter(pattern == nil),
                "{\(kinds.joined(separator: ","))}", parameter(showsParents), parameter(isVerbose), parameter(isBoth),
                parameter(showsParents),
            ],
            title: isBoth
                ? "List of partitioned relations"
                : showsTables ? "List of partitioned tables" : "List of partitioned indexes",
            columns: columns)
    }
}

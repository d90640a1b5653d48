internal import Libpq
internal import Postgres
internal import Scripts

extension DescribeCommand {
    /// The objects of the whole cluster, and schemas and extensions.
    static let clusterCommands: [DescribeCommand] = [
        DescribeCommand("db", "[+] [PATTERN]", "list tablespaces", completes: .tablespace) {
            request throws(PostgresError) in
            var columns = ["Name", "Owner", "Location"]
            if request.isVerbose { columns += ["Access privileges", "Options", "Size", "Description"] }
            return try request.list(
                .describeTablespaces,
                [try request.objectPattern(parts: 1).name, request.parameter(request.isVerbose)],
                title: "List of tablespaces", columns: columns)
        },
        DescribeCommand(
            "dg", "[S+] [PATTERN]", "list roles", completes: .role, modifiers: "S+",
            run: { request throws(PostgresError) in try request.listRoles() }),
        DescribeCommand("dn", "[S+] [PATTERN]", "list schemas", completes: .schema, modifiers: "S+") {
            request throws(PostgresError) in try request.listSchemas()
        },
        DescribeCommand(
            "du", "[S+] [PATTERN]", "list roles", completes: .role, modifiers: "S+",
            run: { request throws(PostgresError) in try request.listRoles() }),
        DescribeCommand("dx", "[+] [PATTERN]", "list extensions", completes: .installedExtension) {
            request throws(PostgresError) in try request.listExtensions()
        },
        DescribeCommand("l", "[+] [PATTERN]", "list databases", completes: .database) {
            request throws(PostgresError) in try request.listDatabases()
        },
        DescribeCommand("list", "[+] [PATTERN]", "list databases", completes: .database) {
            request throws(PostgresError) in try request.listDatabases()
        },
    ]
}

extension DescribeRequest {
    func listDatabases() throws(PostgresError) -> [DescribeResult] {
        var columns = [
            "Name", "Owner", "Encoding", "Collate", "Ctype", "ICU Locale", "Locale Provider", "Access privileges",
        ]
        if isVerbose { columns += ["Size", "Tablespace", "Description"] }
        return try list(
            .describeDatabases, [try objectPattern(parts: 1).name, parameter(isVerbose)],
            title: "List of databases", columns: columns)
    }

    func listSchemas() throws(PostgresError) -> [DescribeResult] {
        let name = try objectPattern(parts: 2).name
        guard let result = try query(.describeSchemas, [name, parameter(hidesSystem)]) else { return [] }
        let columns = ["Name", "Owner"] + (isVerbose ? ["Access privileges", "Description"] : [])
        var table = ArrayTable(result, title: "List of schemas", columns: columns)
        if let pattern, version >= 150000, let publications = try query(.describeSchemaPublications, [pattern]),
            publications.rowCount > 0
        {
            table.footers =
                ["Publications:"]
                + (0..<publications.rowCount).map { "    \"\(publications.text($0, "pubname"))\"" }
        }
        return [.table(DescribeTable(table: table))]
    }

    func listRoles() throws(PostgresError) -> [DescribeResult] {
        let name = try objectPattern(parts: 1).name
        guard let result = try query(.describeRoles, [name, parameter(hidesSystem)]) else { return [] }
        let headings = ["Role name", "Attributes", "Member of"] + (isVerbose ? ["Description"] : [])
        var table = ArrayTable(title: "List of roles", columns: headings.map { PrintColumn($0) })
        for row in 0..<result.rowCount {
            table.append([
                result.text(row, "rolname"), roleAttributes(result, row), result.text(row, "member_of"),
                result.text(row, "description"),
            ])
        }
        return [.table(DescribeTable(table: table, hasDefaultFooter: false))]
    }

    private func roleAttributes(_ result: QueryResult, _ row: Int) -> String {
        let flags: [(column: String, shownFor: Bool, text: String)] = [
            ("rolsuper", true, "Superuser"), ("rolinherit", false, "No inheritance"),
            ("rolcreaterole", true, "Create role"), ("rolcreatedb", true, "Create DB"),
            ("rolcanlogin", false, "Cannot login"), ("rolreplication", true, "Replication"),
            ("rolbypassrls", true, "Bypass RLS"),
        ]
        let words = flags.filter { result.flag(row, $0.column) == $0.shownFor }.map(\.text)
        var lines = words.isEmpty ? [] : [words.joined(separator: ", ")]
        if let limit = Int(result.text(row, "rolconnlimit")), limit >= 0 {
            lines.append(limit == 0 ? "No connections" : limit == 1 ? "1 connection" : "\(limit) connections")
        }
        if let until = result.value(row, "rolvaliduntil") { lines.append("Password valid until \(until)") }
        return lines.joined(separator: "\n")
    }
}

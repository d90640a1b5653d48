internal import Libpq
internal import Postgres
internal import Scripts

extension DescribeCommand {
    static let relationCommands: [DescribeCommand] = [
        DescribeCommand(
            "d", "[S+] [NAME]", "describe table, view, sequence, or index; without a name list all",
            completes: .relation, modifiers: "tivmsES+"
        ) { request throws(PostgresError) in
            let kinds = request.modifiers.filter { "tivmsE".contains($0) }
            return try kinds.isEmpty && request.pattern != nil
                ? request.describeRelations() : request.listRelations(kinds.isEmpty ? "tvmsE" : kinds)
        },
        DescribeCommand("dt", "[S+] [PATTERN]", "list tables", completes: .table, modifiers: "tivmsES+") {
            request throws(PostgresError) in try request.listRelations("t" + request.modifiers)
        },
        DescribeCommand("di", "[S+] [PATTERN]", "list indexes", completes: .index, modifiers: "tivmsES+") {
            request throws(PostgresError) in try request.listRelations("i" + request.modifiers)
        },
        DescribeCommand("dv", "[S+] [PATTERN]", "list views", completes: .view, modifiers: "tivmsES+") {
            request throws(PostgresError) in try request.listRelations("v" + request.modifiers)
        },
        DescribeCommand("dm", "[S+] [PATTERN]", "list materialized views", completes: .view, modifiers: "tivmsES+") {
            request throws(PostgresError) in try request.listRelations("m" + request.modifiers)
        },
        DescribeCommand("ds", "[S+] [PATTERN]", "list sequences", completes: .sequence, modifiers: "tivmsES+") {
            request throws(PostgresError) in try request.listRelations("s" + request.modifiers)
        },
        DescribeCommand("dE", "[S+] [PATTERN]", "list foreign tables", completes: .table, modifiers: "tivmsES+") {
            request throws(PostgresError) in try request.listRelations("E" + request.modifiers)
        },
    ]
}

extension DescribeRequest {
    /// `\dt` and its kin: `kinds` are the letters after `\d`.
    func listRelations(_ kinds: String) throws(PostgresError) -> [DescribeResult] {
        let asksForSystem = showsSystem || pattern != nil
        var relationKinds: [String] = []
        if kinds.contains("t") { relationKinds += ["r", "p"] + (asksForSystem ? ["t"] : []) }
        if kinds.contains("v") { relationKinds.append("v") }
        if kinds.contains("m") { relationKinds.append("m") }
        if kinds.contains("i") { relationKinds += ["i", "I"] }
        if kinds.contains("s") { relationKinds.append("S") }
        if kinds.contains("E") { relationKinds.append("f") }
        let parameters =
            try schemaParameters() + ["{\(relationKinds.joined(separator: ","))}", parameter(isVerbose)]
        guard let result = try query(.describeRelations, parameters) else { return [] }
        if result.rowCount == 0 && !isQuiet {
            return [
                .notFound(pattern.map { "Did not find any relation named \"\($0)\"." } ?? "Did not find any relations.")
            ]
        }
        var columns = ["Schema", "Name", "Type", "Owner"]
        if kinds.contains("i") { columns.append("Table") }
        if isVerbose {
            columns.append("Persistence")
            let haveAccessMethod = kinds.contains { "tmi".contains($0) }
            if version >= 120000 && !hidesTableAccessMethod && haveAccessMethod { columns.append("Access method") }
            columns += ["Size", "Description"]
        }
        return [.table(DescribeTable(table: ArrayTable(result, title: "List of relations", columns: columns)))]
    }

    /// `\d NAME`: every relation that the pattern takes, one table each.
    func describeRelations() throws(PostgresError) -> [DescribeResult] {
        guard let found = try query(.describeRelationsNamed, try schemaParameters()) else { return [] }
        if found.rowCount == 0 {
            return isQuiet ? [] : [.refused("Did not find any relation named \"\(pattern ?? "")\".")]
        }
        var results: [DescribeResult] = []
        for row in 0..<found.rowCount {
            let oid = found.text(row, "oid")
            guard let result = try query(.describeRelation, [oid]), result.rowCount > 0 else { continue }
            let relation = DescribedRelation(
                oid: oid, schema: found.text(row, "nspname"), name: found.text(row, "relname"), result)
            if relation.kind == "S" {
                if let table = try describeSequence(relation) { results.append(.table(table)) }
            } else if let table = try describe(relation) {
                results.append(.table(table))
            }
            try connection.interrupt.check()
        }
        return results
    }
}

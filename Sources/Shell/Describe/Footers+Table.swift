internal import Libpq
internal import Postgres
internal import Scripts

extension Footers {
    /// Indexes to publications: the footers before a view's definition and the triggers.
    mutating func addTableParts() throws(PostgresError) {
        if relation.hasIndexes { try addIndexes() }
        if relation.hasChecks {
            addList("Check constraints:", try rows(.describeCheckConstraints)) {
                "\"\($0.text($1, "conname"))\" \($0.text($1, "definition"))"
            }
        }
        // Where there are foreign keys there are triggers, but a partitioned table's are in its partitions.
        if relation.hasTriggers || relation.kind == "p" {
            try addForeignKeys()
            try addReferences()
        }
        try addPolicies()
        try addStatistics()
        if relation.hasRules && relation.kind != "m" { try addRules() }
        try addPublications()
    }

    private mutating func addIndexes() throws(PostgresError) {
        addList("Indexes:", try rows(.describeIndexes)) { result, row in
            var text = "\"\(result.text(row, "relname"))\""
            let constraint = result.text(row, "contype")
            if constraint == "x" {
                text += " " + result.text(row, "constraint_definition")
            } else {
                if result.flag(row, "indisprimary") {
                    text += " PRIMARY KEY,"
                } else if result.flag(row, "indisunique") {
                    text += constraint == "u" ? " UNIQUE CONSTRAINT," : " UNIQUE,"
                }
                let definition = result.text(row, "definition")
                let using = definition.firstRange(of: " USING ")
                text += " " + (using.map { String(definition[$0.upperBound...]) } ?? definition)
                if result.flag(row, "condeferrable") { text += " DEFERRABLE" }
                if result.flag(row, "condeferred") { text += " INITIALLY DEFERRED" }
            }
            if result.flag(row, "indisclustered") { text += " CLUSTER" }
            if !result.flag(row, "indisvalid") { text += " INVALID" }
            if result.flag(row, "indisreplident") { text += " REPLICA IDENTITY" }
            if let tablespace = result.value(row, "tablespace") { text += ", tablespace \"\(tablespace)\"" }
            return text
        }
    }

    private mutating func addForeignKeys() throws(PostgresError) {
        let isPart = relation.isPartition || relation.kind == "p"
        let result =
            request.version >= 120000
            ? try rows(.describeForeignKeys, [request.parameter(isPart)]) : try rows(.describeForeignKeys11)
        addList("Foreign-key constraints:", result) { result, row in
            let constraint = "\"\(result.text(row, "conname"))\" \(result.text(row, "definition"))"
            return result.flag(row, "is_own")
                ? constraint : "TABLE \"\(result.text(row, "on_table"))\" CONSTRAINT \(constraint)"
        }
    }

    private mutating func addReferences() throws(PostgresError) {
        let script = request.version >= 120000 ? ReadScript.describeReferences : .describeReferences11
        addList("Referenced by:", try rows(script)) { result, row in
            "TABLE \"\(result.text(row, "on_table"))\" CONSTRAINT \"\(result.text(row, "conname"))\" "
                + result.text(row, "definition")
        }
    }

    private mutating func addPolicies() throws(PostgresError) {
        guard let result = try rows(.describePolicies) else { return }
        let forced = relation.forcesRowSecurity
        if relation.hasRowSecurity && result.rowCount > 0 {
            add(forced ? "Policies (forced row security enabled):" : "Policies:")
        } else if relation.hasRowSecurity {
            add("Policies (\(forced ? "forced " : "")row security enabled): (none)")
        } else if result.rowCount > 0 {
            add("Policies (row security disabled):")
        }
        for row in 0..<result.rowCount {
            var text = "    POLICY \"\(result.text(row, "polname"))\""
            if !result.flag(row, "polpermissive") { text += " AS RESTRICTIVE" }
            if let command = result.value(row, "command") { text += " FOR \(command)" }
            if let roles = result.value(row, "roles") { text += "\n      TO \(roles)" }
            if let expression = result.value(row, "using_expression") { text += "\n      USING (\(expression))" }
            if let expression = result.value(row, "check_expression") { text += "\n      WITH CHECK (\(expression))" }
            add(text)
        }
    }

    private mutating func addStatistics() throws(PostgresError) {
        let isModern = request.version >= 140000
        let script = isModern ? ReadScript.describeStatistics : .describeStatistics13
        addList("Statistics objects:", try rows(script)) { result, row in
            var text = "\"\(result.text(row, "schema")).\(result.text(row, "stxname"))\""
            let kinds = ["ndistinct", "dependencies", "mcv"].filter { result.flag(row, "has_\($0)") }
            // None is a single expression's, all are the default.
            if !isModern || (!kinds.isEmpty && kinds.count < 3) { text += " (\(kinds.joined(separator: ", ")))" }
            text += " ON \(result.text(row, "columns")) FROM \(result.text(row, "table_name"))"
            if let target = result.value(row, "target") { text += "; STATISTICS \(target)" }
            return text
        }
    }

    private mutating func addRules() throws(PostgresError) {
        guard let result = try rows(.describeRules) else { return }
        addByState(
            result, state: "ev_enabled",
            [
                ("Rules:", "O"), ("Disabled rules:", "D"), ("Rules firing always:", "A"),
                ("Rules firing on replica only:", "R"),
            ]
        ) { Self.ruleBody(result.text($0, "definition")) }
    }

    /// A heading for each state that has rows.
    private mutating func addByState(
        _ result: QueryResult, state: String, _ headings: [(heading: String, state: String)], _ line: (Int) -> String
    ) {
        for (heading, wanted) in headings {
            let matching = (0..<result.rowCount).filter { result.text($0, state) == wanted }
            if !matching.isEmpty { add(heading) }
            for row in matching { add("    " + line(row)) }
        }
    }

    /// The text after CREATE RULE.
    static func ruleBody(_ definition: String) -> String { String(definition.dropFirst(12)) }

    private mutating func addPublications() throws(PostgresError) {
        let script =
            request.version >= 150000 ? ReadScript.describeRelationPublications : .describeRelationPublications14
        addList("Publications:", try rows(script)) { result, row in
            var text = "\"\(result.text(row, "pubname"))\""
            if let columns = result.value(row, "columns") { text += " (\(columns))" }
            if let filter = result.value(row, "filter") { text += " WHERE \(filter)" }
            return text
        }
    }
}

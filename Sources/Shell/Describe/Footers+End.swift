internal import Libpq
internal import Postgres
internal import Scripts

extension Footers {
    mutating func addViewDefinition() throws(PostgresError) {
        guard let view = try rows(.describeViewDefinition), view.rowCount > 0 else { return }
        add("View definition:")
        add(view.text(0, "definition"))
        guard relation.hasRules, let rules = try rows(.describeRules) else { return }
        let userRules = (0..<rules.rowCount).filter { rules.text($0, "rulename") != "_RETURN" }
        if !userRules.isEmpty { add("Rules:") }
        for row in userRules { add(" " + Self.ruleBody(rules.text(row, "definition"))) }
    }

    mutating func addTriggers() throws(PostgresError) {
        let showsDependent = (110000..<150000).contains(request.version)
        let script = request.version >= 130000 ? ReadScript.describeTriggers : .describeTriggers12
        guard let result = try rows(script, [request.parameter(showsDependent)]) else { return }
        let categories: [(heading: String, holds: (String, Bool) -> Bool)] = [
            ("Triggers:", { state, _ in state == "O" }),
            ("Disabled user triggers:", { state, isInternal in state == "D" && !isInternal }),
            ("Disabled internal triggers:", { state, isInternal in state == "D" && isInternal }),
            ("Triggers firing always:", { state, _ in state == "A" }),
            ("Triggers firing on replica only:", { state, _ in state == "R" }),
        ]
        for (heading, holds) in categories {
            let matching = (0..<result.rowCount).filter {
                holds(result.text($0, "tgenabled"), result.flag($0, "tgisinternal"))
            }
            if !matching.isEmpty { add(heading) }
            for row in matching {
                let definition = result.text(row, "definition")
                let keyword = definition.firstRange(of: " TRIGGER ")
                let body = keyword.map { String(definition[$0.upperBound...]) } ?? definition
                add("    " + body + (result.value(row, "parent").map { ", ON TABLE \($0)" } ?? ""))
            }
        }
    }

    /// Inheritance to access method: the last lines of a table.
    mutating func addTableEnd() throws(PostgresError) {
        if relation.kind == "f" { try addForeignServer() }
        if let parents = try rows(.describeParents) {
            addNames("Inherits", (0..<parents.rowCount).map { parents.text($0, "name") })
        }
        try addChildren()
        if let type = relation.ofType { add("Typed table of type: \(type)") }
        addReplicaIdentity()
        if request.isVerbose && relation.kind != "m" && relation.hasOIDs { add("Has OIDs: yes") }
        addTablespace()
        if request.isVerbose && !request.hidesTableAccessMethod && request.version >= 120000,
            let method = relation.accessMethod
        {
            add("Access method: \(method)")
        }
    }

    private mutating func addForeignServer() throws(PostgresError) {
        guard let result = try rows(.describeForeignTable), result.rowCount == 1 else { return }
        add("Server: \(result.text(0, "srvname"))")
        let options = result.text(0, "options")
        if !options.isEmpty { add("FDW options: (\(options))") }
    }

    private mutating func addChildren() throws(PostgresError) {
        guard let result = try rows(.describeChildren) else { return }
        let count = result.rowCount
        let noun = relation.isPartitioned ? "partitions" : "child tables"
        if count == 0 {
            if relation.isPartitioned { add("Number of partitions: 0") }
        } else if !request.isVerbose {
            add("Number of \(noun): \(count) (Use \\d+ to list them.)")
        } else {
            let names = (0..<count).map { row in
                var text = result.text(row, "name")
                if let bound = result.value(row, "bound") { text += " \(bound)" }
                if ["p", "I"].contains(result.text(row, "relkind")) { text += ", PARTITIONED" }
                if result.flag(row, "detach_pending") { text += " (DETACH PENDING)" }
                return text
            }
            addNames(relation.isPartitioned ? "Partitions" : "Child tables", names)
        }
    }

    /// Where it is not the default, and no index shows it.
    private mutating func addReplicaIdentity() {
        let normal: Character = relation.schema == "pg_catalog" ? "n" : "d"
        guard request.isVerbose, "rm".contains(relation.kind), relation.replicaIdentity != "i",
            relation.replicaIdentity != normal
        else { return }
        let words: [Character: String] = ["f": "FULL", "n": "NOTHING"]
        add("Replica Identity: \(words[relation.replicaIdentity] ?? "???")")
    }
}

internal import Libpq
internal import Postgres
internal import Scripts

/// The lines under the columns of a `\d`: constraints, triggers, partitions and all else that belongs to a relation.
///
/// Built from top to bottom in psql's order, one method a part. Where ECHO_HIDDEN only shows the queries, the parts come
/// out empty.
struct Footers {
    let request: DescribeRequest
    let relation: DescribedRelation
    private(set) var lines: [String] = []

    init(request: DescribeRequest, relation: DescribedRelation) {
        self.request = request
        self.relation = relation
    }

    mutating func add(_ line: String) { lines.append(line) }

    mutating func appendToLast(_ text: String) { lines[lines.count - 1] += text }

    /// Runs a script on the relation and hands on its rows.
    func rows(_ script: ReadScript, _ more: [String?] = []) throws(PostgresError) -> QueryResult? {
        try request.query(script, [relation.oid] + more)
    }

    /// A heading and a line for each row; nothing where there are no rows.
    mutating func addList(
        _ heading: String, _ result: QueryResult?, _ line: (QueryResult, Int) -> String
    ) {
        guard let result, result.rowCount > 0 else { return }
        add(heading)
        for row in 0..<result.rowCount { add("    " + line(result, row)) }
    }

    /// Names one below the other, set off by a label before the first.
    mutating func addNames(_ label: String, _ names: [String]) {
        for (index, name) in names.enumerated() {
            let lead = index == 0 ? "\(label): " : String(repeating: " ", count: label.count + 2)
            add(lead + name + (index < names.count - 1 ? "," : ""))
        }
    }

    // MARK: - Partition, TOAST table, index

    mutating func addPartition() throws(PostgresError) {
        guard let result = try rows(.describePartition), result.rowCount > 0 else { return }
        let pending = result.flag(0, "detach_pending") ? " DETACH PENDING" : ""
        add("Partition of: \(result.text(0, "parent")) \(result.text(0, "bound"))\(pending)")
        if request.isVerbose {
            let constraint = result.text(0, "constraint_definition")
            add(constraint.isEmpty ? "No partition constraint" : "Partition constraint: \(constraint)")
        }
    }

    mutating func addPartitionKey() throws(PostgresError) {
        guard let result = try rows(.describePartitionKey), result.rowCount == 1 else { return }
        add("Partition key: \(result.text(0, "key"))")
    }

    mutating func addToastOwner() throws(PostgresError) {
        guard let result = try rows(.describeToastOwner), result.rowCount == 1 else { return }
        add("Owning table: \"\(result.text(0, "nspname")).\(result.text(0, "relname"))\"")
    }

    mutating func addIndex() throws(PostgresError) {
        guard let result = try rows(.describeIndex), result.rowCount == 1 else { return }
        var text = ""
        if result.flag(0, "indisprimary") {
            text += "primary key, "
        } else if result.flag(0, "indisunique") {
            text += result.flag(0, "indnullsnotdistinct") ? "unique nulls not distinct, " : "unique, "
        }
        text += "\(result.text(0, "amname")), for table \"\(relation.schema).\(result.text(0, "table_name"))\""
        let predicate = result.text(0, "predicate")
        if !predicate.isEmpty { text += ", predicate (\(predicate))" }
        if result.flag(0, "indisclustered") { text += ", clustered" }
        if !result.flag(0, "indisvalid") { text += ", invalid" }
        if result.flag(0, "condeferrable") { text += ", deferrable" }
        if result.flag(0, "condeferred") { text += ", initially deferred" }
        if result.flag(0, "indisreplident") { text += ", replica identity" }
        add(text)
        // A partitioned index gets it at the end.
        if relation.kind == "i" { addTablespace() }
    }

    mutating func addTablespace() {
        if let tablespace = relation.tablespace, "rmipIt".contains(relation.kind) {
            add("Tablespace: \"\(tablespace)\"")
        }
    }
}

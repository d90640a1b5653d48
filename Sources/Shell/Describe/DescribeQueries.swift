internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

extension DescribeRequest {
    /// Runs a script of `sql/describe`, announced first. Nil where it was only to be shown.
    func query(_ script: ReadScript, _ parameters: [String?] = []) throws(PostgresError) -> QueryResult? {
        if let onQuery, !onQuery(script.text) { return nil }
        return try connection.read(script, parameters)
    }

    /// The pattern of a name that has so many dotted parts.
    func objectPattern(parts: Int) throws(PostgresError) -> ObjectPattern {
        try ObjectPattern(pattern, parts: parts, database: connection.database)
    }

    /// Schema, name and visibility as the scripts for objects in schemas take them.
    func schemaParameters() throws(PostgresError) -> [String?] {
        let pattern = try objectPattern(parts: 3)
        return [pattern.schema, pattern.name, parameter(pattern.visibleOnly), parameter(hidesSystem)]
    }

    /// A script's result as a table with the columns named, in that order; empty for a query that was only shown.
    func list(
        _ script: ReadScript, _ parameters: [String?], title: String, columns: [String]
    ) throws(PostgresError) -> [DescribeResult] {
        guard let result = try query(script, parameters) else { return [] }
        return [.table(DescribeTable(table: ArrayTable(result, title: title, columns: columns)))]
    }

    func parameter(_ value: Bool) -> String { value ? "true" : "false" }
}

extension ArrayTable {
    /// The columns of a result that are named, in that order.
    init(_ result: QueryResult, title: String?, columns names: [String]) {
        let indexes = names.compactMap { result.columnIndex($0) }
        self.init(
            title: title,
            columns: indexes.map {
                PrintColumn(result.columnName($0), kind: PrintColumn.Kind(type: result.columnType($0)))
            })
        for row in 0..<result.rowCount {
            for column in indexes {
                append(unsafe result.withBytes(row, column) { bytes in unsafe bytes.map { unsafe Array($0) } })
            }
            endRow()
        }
    }
}

extension QueryResult {
    /// A row's value by its column's name; empty for NULL.
    func text(_ row: Int, _ column: String) -> String { value(row, column) ?? "" }

    /// A row's value by its column's name; nil for NULL.
    func value(_ row: Int, _ column: String) -> String? {
        columnIndex(column).flatMap { self[row, $0] }
    }

    func flag(_ row: Int, _ column: String) -> Bool { value(row, column) == "t" }
}

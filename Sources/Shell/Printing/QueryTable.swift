internal import Libpq
internal import Postgres

/// A query's result as a table.
struct QueryTable: PrintableTable {
    let result: QueryResult
    let columns: [PrintColumn]
    let rowCount: Int

    init(_ result: QueryResult) {
        self.result = result
        rowCount = result.rowCount
        columns = (0..<result.columnCount).map { column in
            PrintColumn(result.columnName(column), kind: PrintColumn.Kind(type: result.columnType(column)))
        }
    }

    @_lifetime(borrow self)
    func cell(row: Int, column: Int) -> Span<UInt8>? { result.bytes(row, column) }
}

extension PrintColumn.Kind {
    /// By the type's OID in pg_type.dat: psql right-aligns int2, int4, int8, float4, float8, numeric, oid, xid, xid8, cid
    /// and money.
    init(type: OID) {
        switch type.value {
        case 21, 23, 20, 700, 701, 1700, 26, 28, 5069, 29: self = .number
        case 790: self = .money
        case 16: self = .boolean
        case 114, 3802: self = .json
        default: self = .text
        }
    }
}

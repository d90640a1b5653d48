internal import Catalog
public import Job
internal import Libpq
public import Postgres
internal import Scripts

// The pace of the copy.
extension JobStore {
    /// Keeps the rows and bytes that a copy has brought so far.
    ///
    /// - Parameter isFirst: the copy begins.
    public func addCopySample(rows: Int, bytes: Int, isFirst: Bool = false) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberCopySampleInsert, [slot, String(rows), String(bytes), String(isFirst)])
    }

    /// Nil where no copy has reported in the last seconds.
    public func copyRate() throws(PostgresError) -> CopyRate? {
        guard let row = try shadow.connection.query(.subscriberCopyRate, [slot]).rows.first,
            let rows = try row.optionalDouble("rows_per_second"),
            let bytes = try row.optionalDouble("bytes_per_second")
        else { return nil }
        return CopyRate(rowsPerSecond: rows, bytesPerSecond: bytes)
    }
}

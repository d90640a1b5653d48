internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// How fast a copy was in the last minute.
public struct CopyRate: Sendable, Hashable {
    public let rowsPerSecond: Double
    /// In COPY's text format.
    public let bytesPerSecond: Double

    public init(rowsPerSecond: Double, bytesPerSecond: Double) {
        self.rowsPerSecond = rowsPerSecond
        self.bytesPerSecond = bytesPerSecond
    }
}

// How fast the copy is.
extension JobStore {
    /// Keeps what a copy has brought so far.
    ///
    /// - Parameter isFirst: the copy begins.
    public func addCopySample(rows: Int, bytes: Int, isFirst: Bool = false) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberCopySampleInsert, [slot, String(rows), String(bytes), String(isFirst)])
    }

    /// Nil where no copy has told of itself in the last seconds.
    public func copyRate() throws(PostgresError) -> CopyRate? {
        guard try hasMonitor(), let row = try shadow.connection.query(.subscriberCopyRate, [slot]).rows.first,
            let rows = try row.optionalDouble("rows_per_second"),
            let bytes = try row.optionalDouble("bytes_per_second")
        else { return nil }
        return CopyRate(rowsPerSecond: rows, bytesPerSecond: bytes)
    }
}

internal import Libpq
public import Postgres
internal import Scripts

/// A server's WAL as a whole, at one moment.
public struct WALState: Hashable, Sendable {
    /// Seconds since 1970 by the server's clock.
    public var taken: Double
    public var position: LSN
    /// Whether the role may see the files of pg_wal: pg_monitor may.
    public var mayListFiles: Bool
    /// When the server was started, in whole seconds since 1970.
    public var started: Int
}

/// The files of pg_wal.
public struct WALFiles: Hashable, Sendable {
    public var count: Int
    public var bytes: Int
}

extension CatalogReader {
    public func walState() throws(PostgresError) -> WALState {
        guard let row = try read(.catalogWal).rows.first, let taken = try row.optionalDouble("taken") else {
            throw PostgresError("the server did not report its position", sqlState: .protocolViolation)
        }
        return WALState(
            taken: taken, position: try row.lsn("position"), mayListFiles: try row.bool("may_list"),
            started: try row.int("started"))
    }

    /// The files of pg_wal. Throws 42501 where the role may not see them.
    public func walFiles() throws(PostgresError) -> WALFiles? {
        guard let row = try read(.catalogWalFiles).rows.first else { return nil }
        return WALFiles(count: try row.int("files"), bytes: try row.int("bytes"))
    }
}

extension Setting {
    /// The value in bytes, for a setting with a unit of memory (manual, 20.1.1); nil for another, and for -1.
    public var bytes: Int? {
        let units = ["B": 1, "kB": 1 << 10, "8kB": 8 << 10, "MB": 1 << 20, "16MB": 16 << 20, "GB": 1 << 30]
        guard let number = Int(value), number >= 0, let unit, let factor = units[unit] else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : bytes
    }
}

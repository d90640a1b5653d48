internal import Catalog
public import Libpq
public import Postgres
internal import Scripts

extension Connection {
    /// The position behind all that this source has committed.
    public func sourcePosition() throws(PostgresError) -> LSN {
        guard let row = try query(.publisherPosition).rows.first, let bytes = UInt64(try row.string("bytes")) else {
            throw PostgresError("the source did not tell its position", sqlState: .protocolViolation)
        }
        return LSN(bytes)
    }
}

internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

extension Source {
    /// The position after all that this source has committed.
    public func sourcePosition() throws(PostgresError) -> LSN {
        guard let row = try connection.query(.publisherPosition).rows.first, let bytes = UInt64(try row.string("bytes"))
        else {
            throw PostgresError("the source did not report its position", sqlState: .protocolViolation)
        }
        return LSN(bytes)
    }
}

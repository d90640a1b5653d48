internal import Libpq
public import Postgres

/// A COPY … FROM STDIN in the shadow, fed with pieces of text-format rows. Rows are gathered to pieces of 64 kB, so that
/// neither side pays for a message a row.
public struct CopyIn: ~Copyable {
    private let table: QualifiedName
    private let session: Shadow
    private var buffer: [UInt8] = []
    public private(set) var bytes = 0

    private static let pieceSize = 64 * 1024

    /// Begins the COPY.
    ///
    /// - Parameter frozen: the transaction has created or truncated the table (manual, COPY, "FREEZE").
    public init(
        _ table: QualifiedName, columns: [String], frozen: Bool, asBinary: Bool = false, on session: Shadow
    ) throws(PostgresError) {
        self.table = table
        self.session = session
        let list = columns.map(quoteIdentifier).joined(separator: ", ")
        let options = (frozen ? ["FREEZE"] : []) + (asBinary ? ["FORMAT binary"] : [])
        _ = try session.connection.beginCopy(
            "COPY \(table.quoted)\(columns.isEmpty ? "" : " (\(list))") FROM STDIN\(options.isEmpty ? "" : " WITH (\(options.joined(separator: ", ")))")"
        )
        buffer.reserveCapacity(Self.pieceSize + 8192)
    }

    public mutating func append(_ row: UnsafeRawBufferPointer) throws(PostgresError) {
        unsafe buffer.append(contentsOf: row)
        if buffer.count >= Self.pieceSize { try flush() }
    }

    private mutating func flush() throws(PostgresError) {
        bytes += buffer.count
        do throws(PostgresError) {
            try session.connection.sendCopyData(buffer)
        } catch {
            throw described(error)
        }
        buffer.removeAll(keepingCapacity: buffer.count < 16 * Self.pieceSize)
    }

    /// Ends the COPY; returns how many rows the shadow took.
    public mutating func finish() throws(PostgresError) -> Int {
        try flush()
        do throws(PostgresError) {
            return try session.connection.endCopyIn()
        } catch {
            throw described(error)
        }
    }

    private func described(_ error: PostgresError) -> PostgresError {
        let line = RefusedRow.line(ofContext: error.context).map { ", line \($0)" } ?? ""
        return RefusedRow(table: table, action: "COPY into \(table)\(line)").describe(error)
    }
}

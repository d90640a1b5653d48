internal import CLibpq
public import Postgres

/// The server's answer to one statement. Values are text unless the statement asked for binary.
@safe public final class QueryResult {
    public enum Status: Equatable, Sendable {
        case emptyQuery, command, tuples, singleTuple, copyIn, copyOut, copyBoth, pipelineSync, pipelineAborted
        case failed(PostgresError)
    }

    /// libpq's result; freed here and nowhere else (manual, 34.3.1, PQclear).
    let pointer: OpaquePointer
    public let status: Status

    init(_ pointer: OpaquePointer, connectionLost: Bool = false) {
        unsafe self.pointer = pointer
        status =
            switch unsafe PQresultStatus(pointer) {
            case PGRES_EMPTY_QUERY: .emptyQuery
            case PGRES_COMMAND_OK: .command
            case PGRES_TUPLES_OK: .tuples
            case PGRES_SINGLE_TUPLE: .singleTuple
            case PGRES_COPY_IN: .copyIn
            case PGRES_COPY_OUT: .copyOut
            case PGRES_COPY_BOTH: .copyBoth
            case PGRES_PIPELINE_SYNC: .pipelineSync
            case PGRES_PIPELINE_ABORTED: .pipelineAborted
            default: unsafe .failed(PostgresError(result: pointer, connectionLost: connectionLost))
            }
    }

    deinit { unsafe PQclear(pointer) }

    public var rowCount: Int { unsafe Int(PQntuples(pointer)) }
    public var columnCount: Int { unsafe Int(PQnfields(pointer)) }

    /// Rows that the command changed or returned; nil for commands that count none (`CREATE TABLE`).
    public var affectedRows: Int? {
        guard let text = unsafe PQcmdTuples(pointer) else { return nil }
        return unsafe Int(String(cString: text))
    }

    /// The command's tag: `INSERT 0 1`.
    public var commandTag: String { unsafe String(cString: PQcmdStatus(pointer)) }

    // A column or row that is not there is answered here: libpq would report it to the notice receiver of the connection,
    // which may be gone by now (fe-exec.c, check_field_number).

    public func columnName(_ column: Int) -> String {
        guard hasColumn(column), let name = unsafe PQfname(pointer, Int32(column)) else { return "" }
        return unsafe String(cString: name)
    }

    public func columnType(_ column: Int) -> OID { OID(hasColumn(column) ? unsafe PQftype(pointer, Int32(column)) : 0) }
    public func columnTypeModifier(_ column: Int) -> Int32 {
        hasColumn(column) ? unsafe PQfmod(pointer, Int32(column)) : -1
    }

    private func hasColumn(_ column: Int) -> Bool { column >= 0 && column < columnCount }

    /// The index of the first column of this name, nil where there is none. The name is compared as it is, unfolded.
    public func columnIndex(_ name: String) -> Int? {
        for column in 0..<columnCount where columnName(column) == name { return column }
        return nil
    }

    /// A value's text; nil for NULL. Bytes that are not UTF-8 are replaced: use `withBytes` where they count.
    public subscript(row: Int, column: Int) -> String? {
        unsafe withBytes(row, column) { bytes in unsafe bytes.map { unsafe String(decoding: $0, as: UTF8.self) } }
    }

    public func isNull(_ row: Int, _ column: Int) -> Bool {
        guard hasColumn(column), row >= 0, row < rowCount else { return true }
        return unsafe PQgetisnull(pointer, Int32(row), Int32(column)) != 0
    }

    /// Lends a value's bytes, nil for NULL; they live as long as the call.
    public func withBytes<Value, Failure: Error>(
        _ row: Int, _ column: Int, _ body: (UnsafeRawBufferPointer?) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        guard !isNull(row, column), let value = unsafe PQgetvalue(pointer, Int32(row), Int32(column)) else {
            return try body(nil)
        }
        let length = unsafe Int(PQgetlength(pointer, Int32(row), Int32(column)))
        return try unsafe body(UnsafeRawBufferPointer(start: value, count: length))
    }
}

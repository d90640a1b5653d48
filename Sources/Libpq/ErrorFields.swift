internal import CLibpq
internal import Postgres

extension PostgresError {
    /// All fields of an error or notice that the server sent; libpq's own errors have only a message.
    init(result: OpaquePointer, connectionLost: Bool) {
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue, let text = unsafe PQresultErrorField(result, Int32(ascii)) else {
                return nil
            }
            return unsafe String(cString: text)
        }
        let state = field("C")
        let whole = unsafe String(cString: PQresultErrorMessage(result))
        self.init(
            field("M") ?? PostgresError.withoutSocket(PostgresError.trimmed(whole)), detail: field("D"),
            hint: field("H"),
            sqlState: state.map { SQLState($0) } ?? (connectionLost ? .connectionFailure : .internalError),
            origin: state != nil ? .server : connectionLost ? .connection : .client)
        severity = field("S") ?? (connectionLost ? "FATAL" : "ERROR")
        position = field("P").flatMap { Int($0) }
        internalPosition = field("p").flatMap { Int($0) }
        internalQuery = field("q")
        context = field("W")
        schema = field("s")
        table = field("t")
        column = field("c")
        dataType = field("d")
        constraint = field("n")
        sourceFile = field("F")
        sourceLine = field("L")
        sourceFunction = field("R")
    }

    /// Where the server has gone, libpq also says that the closed socket cannot be waited for.
    private static func withoutSocket(_ text: String) -> String {
        let echo = "\ninvalid socket"
        return text.hasSuffix(echo) ? String(text.dropLast(echo.count)) : text
    }

    static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}

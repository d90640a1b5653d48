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

    /// An attempt to connect that failed. libpq 15 keeps the server's SQLSTATE of such an error to itself; with the
    /// verbosity set to verbose before the answer arrives the text holds it (fe-protocol3.c, pqBuildErrorMessage3), and is
    /// brought back to what psql shows.
    init(connecting text: String, needsPassword: Bool) {
        var state: SQLState?
        var lines: [String] = []
        for line in PostgresError.trimmed(text).split(separator: "\n", omittingEmptySubsequences: false) {
            if let (code, rest) = PostgresError.takeState(line) {
                state = code
                lines.append(rest)
            } else if !PostgresError.isLocation(line) {
                lines.append(String(line))
            }
        }
        self.init(
            lines.joined(separator: "\n"),
            sqlState: state ?? (needsPassword ? .invalidPassword : SQLState("08001")), origin: .connection)
        severity = "FATAL"
        hint = connectionHint
    }

    /// What mends a connection that was refused.
    private var connectionHint: String? {
        switch sqlState.code {
        case "08001", "08004", "08006": "Check the host and the port, and that a server runs and listens there."
        case "28P01": "Check the user and the password: connection string, PGPASSWORD or .pgpass."
        case "28000": "Check the user's name, and that the server's pg_hba.conf lets it in from here."
        case "3D000": "Name a database that exists; -l lists them."
        case "42501": "Grant the role CONNECT on the database."
        case "53300": "Wait until connections are free, or raise the server's max_connections."
        case "57P03": "Wait until the server accepts connections."
        default: nil
        }
    }

    /// `… FATAL:  28P01: message` → the code, and the line without it.
    private static func takeState(_ line: Substring) -> (SQLState, String)? {
        let bytes = Array(line.utf8)
        guard bytes.count > 10 else { return nil }
        for start in 0..<(bytes.count - 9) {
            guard bytes[start] == 0x3A, bytes[start + 1] == 0x20, bytes[start + 2] == 0x20, bytes[start + 8] == 0x3A
            else {
                continue
            }
            let code = bytes[(start + 3)..<(start + 8)]
            guard code.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }) else { continue }
            let rest = bytes[..<(start + 3)] + bytes[(start + 10)...]
            return (SQLState(String(decoding: code, as: UTF8.self)), String(decoding: rest, as: UTF8.self))
        }
        return nil
    }

    /// `LOCATION:  auth_failed, auth.c:338`, in any language.
    private static func isLocation(_ line: Substring) -> Bool {
        guard let colon = line.lastIndex(of: ":"), line.contains(", "), line.contains(".c:") else { return false }
        return !line[colon...].dropFirst().isEmpty && line[colon...].dropFirst().allSatisfy(\.isNumber)
    }

    /// Where the server has gone, libpq also says that the closed socket can't be waited for.
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

internal import CLibpq
public import Postgres

/// The functions that a shell needs of a connection beyond the program's own statements: text in any encoding, several
/// answers to one text, notices as they come.
extension Connection {
    /// As `send`, for text in the client's encoding. It ends at a zero byte, which no statement can hold.
    public func send(bytes statement: [UInt8]) throws(PostgresError) {
        try endLeftover()
        let sent = unsafe (statement + [0]).withUnsafeBufferPointer { buffer in
            unsafe buffer.withMemoryRebound(to: CChar.self) { text in unsafe PQsendQuery(pointer, text.baseAddress) }
        }
        guard sent == 1 else { throw lastError() }
        try flush()
    }

    /// As `nextResult`, handing over each notice when it arrives, also during a long statement.
    public func nextResult(_ notice: ([PostgresError]) -> Void) throws(PostgresError) -> QueryResult? {
        func deliver() {
            let notices = takeNotices()
            if !notices.isEmpty { notice(notices) }
        }
        while unsafe PQisBusy(pointer) == 1 {
            deliver()
            try waitForInput()
        }
        let result = try nextResult()
        deliver()
        return result
    }

    /// Ends the data of a COPY FROM STDIN; `nextResult` gives its outcome, and what follows it in the same text. With
    /// `reason` the server fails the COPY.
    public func closeCopyIn(failing reason: String? = nil) throws(PostgresError) {
        try finishCopyIn(failing: reason)
    }

    /// Puts bytes into an SQL literal or identifier in the connection's encoding; nil where they are not valid in it.
    public func quoted(_ text: String, asIdentifier: Bool) -> String? {
        let length = text.utf8.count
        let quoted =
            asIdentifier
            ? unsafe PQescapeIdentifier(pointer, text, length) : unsafe PQescapeLiteral(pointer, text, length)
        guard let quoted = unsafe quoted else { return nil }
        defer { unsafe PQfreemem(quoted) }
        return unsafe String(cString: quoted)
    }

    /// The client encoding's name in force.
    public var clientEncoding: String { parameterStatus("client_encoding") ?? "UTF8" }

    /// The connection is encrypted by GSSAPI.
    public var usesGSS: Bool { unsafe PQgssEncInUse(pointer) != 0 }

    /// A password ready for ALTER ROLE, hashed, so that it is in no log in plain text.
    ///
    /// - Parameter algorithm: `scram-sha-256`, `md5`; nil for the server's password_encryption.
    public func encrypted(password: String, user: String, algorithm: String? = nil) throws(PostgresError) -> String {
        guard let encrypted = unsafe PQencryptPasswordConn(pointer, password, user, algorithm) else {
            throw lastError()
        }
        defer { unsafe PQfreemem(encrypted) }
        return unsafe String(cString: encrypted)
    }
}

extension QueryResult {
    /// The OID that an INSERT into a table with OIDs gave, 0 without one.
    public var insertedOID: OID { OID(unsafe PQoidValue(pointer)) }
    /// COPY data is in the binary format.
    public var isBinaryCopy: Bool { unsafe PQbinaryTuples(pointer) != 0 }
}

internal import CLibpq
public import Postgres

extension Connection {
    /// Sends a COPY … TO STDOUT or FROM STDIN and reads the answer that starts it.
    public func beginCopy(_ sql: String) throws(PostgresError) -> QueryResult {
        try send(sql)
        guard let result = try nextResult() else { throw lastError() }
        switch result.status {
        case .copyIn, .copyOut, .copyBoth: return result
        case .failed(let error):
            try endCopy()
            throw error
        default:
            try endCopy()
            throw PostgresError("the server did not start a COPY", sqlState: .protocolViolation)
        }
    }

    /// Lends the next row of a COPY TO STDOUT; false after the last one. The bytes live as long as the call.
    public func receiveCopyData(
        _ body: (UnsafeRawBufferPointer) throws(PostgresError) -> Void
    ) throws(PostgresError) -> Bool {
        while true {
            switch try unsafe tryReceiveCopyData(body) {
            case .received: return true
            case .ended: return false
            case .wouldBlock: try waitForInput()
            }
        }
    }

    public enum Reception: Sendable { case received, wouldBlock, ended }

    /// As `receiveCopyData`, without waiting.
    public func tryReceiveCopyData(
        _ body: (UnsafeRawBufferPointer) throws(PostgresError) -> Void
    ) throws(PostgresError) -> Reception {
        var buffer: UnsafeMutablePointer<CChar>?
        let length = unsafe PQgetCopyData(pointer, &buffer, 1)
        switch length {
        case 0: return .wouldBlock
        case -1: return .ended
        case ..<0: throw lastError()
        default:
            defer { unsafe PQfreemem(buffer) }
            try unsafe body(UnsafeRawBufferPointer(start: buffer, count: Int(length)))
            return .received
        }
    }

    /// Takes in what the socket holds, without waiting, and sends what is queued. Throws where the connection is lost.
    public func exchange() throws(PostgresError) {
        guard unsafe PQconsumeInput(pointer) == 1, unsafe PQflush(pointer) >= 0 else { throw lastError() }
    }

    /// True while libpq has bytes that the socket did not take.
    public var hasUnsentData: Bool { unsafe PQflush(pointer) == 1 }

    /// Queues a piece of COPY data; pieces need not end at rows. Waits while the server lags.
    public func sendCopyData(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) {
        guard bytes.count > 0 else { return }
        let data = unsafe bytes.bindMemory(to: CChar.self).baseAddress
        guard unsafe PQputCopyData(pointer, data, Int32(bytes.count)) == 1 else { throw copyInError() }
        try flushCopyData()
    }

    /// As above, for bytes of one's own.
    public func sendCopyData(_ bytes: [UInt8]) throws(PostgresError) {
        guard !bytes.isEmpty else { return }
        let queued = unsafe bytes.withUnsafeBytes { buffer in
            unsafe PQputCopyData(pointer, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count))
        }
        guard queued == 1 else { throw copyInError() }
        try flushCopyData()
    }

    private func flushCopyData() throws(PostgresError) {
        do throws(PostgresError) {
            try flush()
        } catch {
            throw error.origin == .connection ? copyInError() : error
        }
    }

    /// Why no more can be sent: the server's last error, where it had time to send one. libpq reads no answer before
    /// the data has ended (fe-protocol3.c, pqParseInput3), so the data is ended first.
    private func copyInError() -> PostgresError {
        let lost = lastError()
        guard !isAlive else { return lost }
        _ = unsafe PQputCopyEnd(pointer, nil)
        while let result = unsafe PQgetResult(pointer) {
            if case .failed(let error) = unsafe QueryResult(result, connectionLost: true).status { return error }
        }
        return lost
    }

    /// Ends a COPY FROM STDIN and returns how many rows the server took. With `reason` the server fails the COPY, and this
    /// call throws its error.
    @discardableResult
    public func endCopyIn(failing reason: String? = nil) throws(PostgresError) -> Int {
        try finishCopyIn(failing: reason)
        return try endCopy()
    }

    /// Reads the answer that closes a COPY in either direction: the number of rows.
    @discardableResult
    public func endCopy() throws(PostgresError) -> Int {
        var rows = 0
        var failure: PostgresError?
        var isAnswered = false
        while let result = try nextResult() {
            isAnswered = true
            switch result.status {
            case .failed(let error): failure = failure ?? error
            // The other direction, or another COPY in the same text: libpq repeats its answer until it has ended.
            case .copyIn: try finishCopyIn(failing: nil)
            case .copyOut, .copyBoth: try discardCopyOut()
            default: rows = result.affectedRows ?? rows
            }
        }
        if let failure { throw failure }
        // On a lost connection the end of the answers is no success.
        guard isAnswered || isAlive else { throw lastError() }
        return rows
    }

    func finishCopyIn(failing reason: String?) throws(PostgresError) {
        guard unsafe PQputCopyEnd(pointer, reason) == 1 else { throw copyInError() }
        try flushCopyData()
    }

    func discardCopyOut() throws(PostgresError) {
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            let length = unsafe PQgetCopyData(pointer, &buffer, 1)
            if length > 0 { unsafe PQfreemem(buffer) } else if length == 0 { try waitForInput() } else { return }
        }
    }
}

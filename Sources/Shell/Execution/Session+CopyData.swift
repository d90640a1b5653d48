internal import Libpq
internal import Postgres
internal import Processes

/// Where `\copy` takes its data from or puts it.
enum CopyEndpoint {
    case reader(LineReader)
    case stream(OutputStream)
}

/// The data of COPY FROM STDIN and TO STDOUT (copy.c).
extension ShellSession {
    typealias NoticeHandler = ([PostgresError]) -> Void

    /// Sends what the script, the terminal or `\copy`'s file holds. In the text format data ends at a line `\.` or at the
    /// end of the file; that line itself is not sent. Returns the COPY's own result.
    func copyIn(
        _ connection: Connection, isBinary: Bool, _ query: [UInt8], _ notices: NoticeHandler
    ) throws(PostgresError) -> QueryResult? {
        var reader = input
        if case .reader(let file) = once.copy { reader = file }
        var failure: String?
        do throws(PostgresError) {
            if isBinary {
                failure = try sendBytes(of: reader, to: connection)
            } else {
                failure = try sendLines(of: reader, to: connection)
            }
            try connection.closeCopyIn(failing: failure)
        } catch {
            // The server may have ended the COPY already; its answer says why.
            guard connection.isAlive else { throw error }
        }
        let result = try connection.nextResult(notices)
        if case .copyIn = result?.status {
            // Some bytes are still owed: leave the state of COPY.
            try connection.closeCopyIn(failing: "trying to exit copy mode")
            return try connection.nextResult(notices)
        }
        return result
    }

    /// Returns the reason to fail the COPY for, nil where all was sent.
    private func sendLines(of reader: LineReader, to connection: Connection) throws(PostgresError) -> String? {
        let prompts = reader.isTerminal
        if prompts, !settings.quiet {
            standardOutput.write(
                "Enter data to be copied followed by a newline.\n"
                    + "End with a backslash and a period on a line by itself, or an EOF signal.\n")
        }
        let isScript = reader === input
        var pending: [UInt8] = []
        while true {
            if prompts {
                standardOutput.write(prompt(.copy, nil))
                standardOutput.flush()
            }
            switch reader.readLine(interrupt: interrupt) {
            case .line(let line, let isWhole):
                if isScript, isWhole {
                    log.line += 1
                    statementLine += 1
                }
                if isWhole, line == [0x5C, 0x2E] || line == [0x5C, 0x2E, 0x0D] {
                    try send(pending, to: connection)
                    return nil
                }
                pending += line
                if isWhole { pending.append(0x0A) }
                if pending.count >= 64 * 1024 {
                    try send(pending, to: connection)
                    pending.removeAll(keepingCapacity: true)
                }
            case .end:
                try send(pending, to: connection)
                return nil
            case .interrupted:
                interrupt.clear()
                return "canceled by user"
            case .failed:
                return "aborted because of read failure"
            }
        }
    }

    private func sendBytes(of reader: LineReader, to connection: Connection) throws(PostgresError) -> String? {
        while true {
            switch reader.readBytes(interrupt: interrupt) {
            case .success(let bytes?): try send(bytes, to: connection)
            case .success(nil): return nil
            case .failure:
                interrupt.clear()
                return "aborted because of read failure"
            }
        }
    }

    private func send(_ bytes: [UInt8], to connection: Connection) throws(PostgresError) {
        var failure: PostgresError?
        unsafe bytes.withUnsafeBytes { buffer in
            do throws(PostgresError) { try unsafe connection.sendCopyData(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Skips the data that follows COPY statements in a script which were not reached.
    func skipData(ofCopies count: Int) {
        if case .reader(let reader) = once.copy, reader !== input { return }
        if isInteractive || count == 0 { return }
        for _ in 0..<count {
            while case .line(let line, let isWhole) = input.readLine(interrupt: interrupt) {
                if isWhole {
                    log.line += 1
                    statementLine += 1
                }
                if line == [0x5C, 0x2E] || line == [0x5C, 0x2E, 0x0D] { break }
            }
        }
    }

    /// Writes the data as it comes; nil discards it. Returns the COPY's own result.
    func copyOut(
        _ connection: Connection, to sink: (any TextSink)?, _ query: [UInt8], _ notices: NoticeHandler
    ) throws(PostgresError) -> QueryResult? {
        while try unsafe connection.receiveCopyData({ bytes throws(PostgresError) in unsafe sink?.write(bytes) }) {}
        if let stream = sink as? OutputStream {
            stream.flush()
            if stream.failure != 0 {
                log.error("could not write COPY data: \(SystemFailure(stream.failure).description)")
            }
        }
        return try connection.nextResult(notices)
    }
}

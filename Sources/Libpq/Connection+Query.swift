internal import CLibpq
public import Postgres

extension Connection {
    /// Runs a statement and returns its result; without parameters `sql` may hold several statements, of which the last
    /// one's result is returned and which run as one transaction (manual, 55.2.2.1).
    ///
    /// Throws the first error that the server reports, after all answers are read, so that the connection stays usable.
    @discardableResult
    public func query(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> QueryResult {
        try send(sql, parameters)
        return try answer()
    }

    /// As `query`, but has the server cancel the statement if it has not ended after this time; throws 57014 then,
    /// unless the statement ended before the request came.
    @discardableResult
    public func query(
        _ sql: String, _ parameters: [String?], cancelAfter milliseconds: Int
    ) throws(PostgresError) -> QueryResult {
        try send(sql, parameters)
        if try !hasResult(within: milliseconds) { cancel() }
        return try answer()
    }

    /// Sends a statement; `nextResult`, or `answerIfComplete`, reads the answers.
    public func send(_ sql: String, _ parameters: [String?]) throws(PostgresError) {
        guard !parameters.isEmpty else { return try send(sql) }
        try endLeftover()
        try CStrings.refuseZeroBytes(in: [sql] + parameters)
        let sent = unsafe CStrings.with(parameters) { values in
            unsafe PQsendQueryParams(pointer, sql, Int32(parameters.count), nil, values, nil, nil, 0)
        }
        guard sent == 1 else { throw lastError() }
    }

    /// All answers to what was sent: the last, or the first error.
    private func answer() throws(PostgresError) -> QueryResult {
        var last: QueryResult?
        var failure: PostgresError?
        while let result = try nextResult() {
            switch result.status {
            case .failed(let error): failure = failure ?? error
            case .copyIn: try finishCopyIn(failing: "COPY is not expected here")
            case .copyOut: try discardCopyOut()
            case .copyBoth:
                throw PostgresError("replication is not expected here", sqlState: .protocolViolation)
            default: last = result
            }
        }
        if let failure { throw failure }
        guard let last else { throw lastError() }
        return last
    }

    /// Sends text of one or more statements by the simple protocol; `nextResult` reads the answers.
    public func send(_ sql: String) throws(PostgresError) {
        try endLeftover()
        try CStrings.refuseZeroBytes(in: [sql])
        guard unsafe PQsendQuery(pointer, sql) == 1 else { throw lastError() }
        try flush()
    }

    /// Asks for the rows of what was just sent one by one (`.singleTuple`), so that a large result need not fit in memory.
    public func beginSingleRowMode() -> Bool { unsafe PQsetSingleRowMode(pointer) == 1 }

    /// The next answer to what was sent; nil after the last one. Errors are answers too (`.failed`); a COPY must be carried
    /// out before the next call.
    ///
    /// Throws only where the wait was interrupted under the policy `.abandon`.
    public func nextResult() throws(PostgresError) -> QueryResult? {
        while unsafe PQisBusy(pointer) == 1 { try waitForInput() }
        guard let result = unsafe PQgetResult(pointer) else { return nil }
        return unsafe QueryResult(result, connectionLost: !isAlive)
    }

    /// The answer to the one statement that was sent, once it is complete; nil until then. It does not wait.
    ///
    /// Throws the statement's error, or that of a lost connection.
    public func answerIfComplete() throws(PostgresError) -> QueryResult? {
        guard unsafe PQconsumeInput(pointer) == 1 else { throw lastError() }
        while unsafe PQisBusy(pointer) == 0 {
            guard let next = unsafe PQgetResult(pointer) else {
                defer { partialAnswer = nil }
                guard let answer = partialAnswer else { throw lastError() }
                if case .failed(let error) = answer.status { throw error }
                return answer
            }
            partialAnswer = unsafe QueryResult(next, connectionLost: !isAlive)
        }
        return nil
    }

    /// Waits for the answers to what was sent and discards them.
    public func discardAnswer() {
        partialAnswer = nil
        // A connection that is lost has no answer.
        while (try? nextResult()) != nil {}
    }

    /// Waits at most so long for the next answer to be complete; true if `nextResult` will not wait.
    public func hasResult(within milliseconds: Int) throws(PostgresError) -> Bool {
        let start = ContinuousClock.now
        while unsafe PQisBusy(pointer) == 1 {
            let left = milliseconds - Int(start.duration(to: .now) / .milliseconds(1))
            guard left > 0 else { return false }
            try waitForInput(milliseconds: left)
        }
        return true
    }

    /// Describes a statement without running it (for `\gdesc`): prepares it as the unnamed statement.
    public func describe(_ sql: String) throws(PostgresError) -> QueryResult {
        try endLeftover()
        guard unsafe PQsendPrepare(pointer, "", sql, 0, nil) == 1 else { throw lastError() }
        var description: QueryResult?
        var failure: PostgresError?
        func drain() throws(PostgresError) {
            while let result = try nextResult() {
                if case .failed(let error) = result.status { failure = failure ?? error } else { description = result }
            }
            if let failure { throw failure }
        }
        try drain()
        guard unsafe PQsendDescribePrepared(pointer, "") == 1 else { throw lastError() }
        description = nil
        try drain()
        guard let description else { throw lastError() }
        return description
    }

    /// A message that another session sent by NOTIFY.
    public struct Notification: Sendable {
        public let channel: String
        public let payload: String
        public let processID: Int32
    }

    /// Takes in what has come, without waiting, and returns the notifications among it.
    public func takeNotifications() -> [Notification] {
        _ = unsafe PQconsumeInput(pointer)
        var taken: [Notification] = []
        while let notification = unsafe PQnotifies(pointer) {
            taken.append(
                Notification(
                    channel: unsafe String(cString: notification.pointee.relname),
                    payload: unsafe String(cString: notification.pointee.extra),
                    processID: unsafe notification.pointee.be_pid))
            unsafe PQfreemem(notification)
        }
        return taken
    }

    /// Runs `body` in a transaction: commits, or rolls back and throws what it threw.
    ///
    /// - Parameter isToBeKept: false of a value for which it rolls back too.
    public func transaction<Value>(
        _ begin: String = "BEGIN", where isToBeKept: (Value) -> Bool = { _ in true },
        _ body: () throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        do throws(PostgresError) {
            try query(begin)
            let value = try body()
            try query(isToBeKept(value) ? "COMMIT" : "ROLLBACK")
            return value
        } catch {
            leftover.insert(.transaction)
            // The error that was thrown is the one to report. Where the connection is gone, the server rolls back by
            // itself; where a query is still under way, as after an interrupt, the rollback waits for the next query.
            if transactionStatus != .active { _ = try? endLeftover() }
            throw error
        }
    }
}

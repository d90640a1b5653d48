internal import CLibpq
public import Postgres

// Pipeline mode (manual, 34.5). Between `enterPipeline` and `exitPipeline` statements are queued without waiting; every
// statement and every sync owes one answer, in order. An error makes the server skip the rest up to the next sync, and the
// skipped statements answer `.pipelineAborted`. Nothing here waits but `nextPipelineResult`: callers that also watch other
// sockets use `tryPipelineResult` after `exchange`.
extension Connection {
    public func enterPipeline() throws(PostgresError) {
        try endLeftover()
        guard unsafe PQenterPipelineMode(pointer) == 1 else { throw lastError() }
    }

    public func exitPipeline() throws(PostgresError) {
        try endLeftover()
        guard unsafe PQexitPipelineMode(pointer) == 1 else { throw lastError() }
    }

    /// Statements and syncs that have not answered yet.
    public var pipelineDepth: Int { pipelineOwed }

    public func pipelinePrepare(_ name: String, _ sql: String) throws(PostgresError) {
        try endLeftover(keepingPipeline: true)
        guard unsafe PQsendPrepare(pointer, name, sql, 0, nil) == 1 else { throw lastError() }
        pipelineOwed += 1
    }

    public func pipelineExecute(_ name: String, _ parameters: inout ParameterBuffer) throws(PostgresError) {
        try endLeftover(keepingPipeline: true)
        let count = Int32(parameters.count)
        let sent = unsafe parameters.withPointers { values in
            unsafe PQsendQueryPrepared(pointer, name, count, values, nil, nil, 0)
        }
        guard sent == 1 else { throw lastError() }
        pipelineOwed += 1
    }

    public func pipelineQuery(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) {
        try endLeftover(keepingPipeline: true)
        try CStrings.refuseZeroBytes(in: [sql] + parameters)
        let sent = unsafe CStrings.with(parameters) { values in
            unsafe PQsendQueryParams(pointer, sql, Int32(parameters.count), nil, values, nil, nil, 0)
        }
        guard sent == 1 else { throw lastError() }
        pipelineOwed += 1
    }

    public func pipelineSync() throws(PostgresError) {
        try endLeftover(keepingPipeline: true)
        guard unsafe PQpipelineSync(pointer) == 1 else { throw lastError() }
        pipelineOwed += 1
    }

    /// The next answer that is owed, if it has come; nil otherwise.
    public func tryPipelineResult() throws(PostgresError) -> QueryResult? {
        while pipelineOwed > 0, unsafe PQisBusy(pointer) == 0 {
            // A null ends each statement's answers.
            guard let result = unsafe PQgetResult(pointer) else {
                if !isAlive { throw lastError() }
                continue
            }
            pipelineOwed -= 1
            return unsafe QueryResult(result, connectionLost: !isAlive)
        }
        return nil
    }

    /// Waits for the next answer that is owed; nil where none is.
    public func nextPipelineResult() throws(PostgresError) -> QueryResult? {
        while pipelineOwed > 0 {
            if let result = try tryPipelineResult() { return result }
            try waitForInput()
        }
        return nil
    }
}

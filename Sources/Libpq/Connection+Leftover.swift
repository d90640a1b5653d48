internal import CLibpq
internal import Postgres

// The work that an interrupt leaves under the policy `.abandon`. The wait throws at once, since its owner is mostly
// about to close the connection; the query, COPY or pipeline that it waited for is still under way, and so is the
// transaction that `transaction` has begun. Only an owner who uses the session again pays for ending them:
//
//     wait throws .interrupted         leftover ≠ []
//     the next query, COPY, pipeline   endLeftover: cancels (PQcancel), discards what is left, rolls back what
//                                      `transaction` has begun; then the query itself
//
// Invariants:
// - Nothing is sent before the last answer to what was abandoned has been read, and no other answer is discarded.
// - No cancel is sent after that, so none reaches what follows: when PQcancel returns, the server has signalled the backend
//   (processCancelRequest in postmaster.c), which ignores the signal between two queries.
// - An owner who reads the answers after all has nothing left to end.
extension Connection {
    struct Leftover: OptionSet {
        let rawValue: UInt8
        /// Answers to what was sent before an interrupt.
        static let answers = Leftover(rawValue: 1)
        /// A transaction that `transaction` has begun.
        static let transaction = Leftover(rawValue: 2)
    }

    /// Milliseconds after which the cancel is sent again: one may arrive before its query does, and it ends only one
    /// part of a pipeline.
    private static let cancelInterval = 500
    /// Milliseconds after which the session is given up.
    private static let endLimit = 30_000

    /// Ends what was abandoned, if anything was, and discards its errors. Without `keepingPipeline` pipeline mode ends
    /// with its pipeline.
    ///
    /// Throws where the connection is lost, where no thread can be started, and where the answers do not end within
    /// half a minute (the connection then counts as lost); and `.interrupted` while the interrupt is fired. The next
    /// call then goes on with it.
    func endLeftover(keepingPipeline: Bool = false) throws(PostgresError) {
        guard !leftover.isEmpty else { return }
        guard isAlive else { throw lastError() }
        // An owner whose interrupt is fired is not to go on, so that nothing needs to be cancelled for it.
        if onInterrupt == .abandon, !isShielded { try interrupt.check() }
        try endAnswers()
        if !keepingPipeline, unsafe PQexitPipelineMode(pointer) != 1 { throw lastError() }
        let hasBegun = leftover.contains(.transaction)
        leftover = []
        // A transaction that the owner has begun is the owner's to end.
        guard hasBegun, [.inTransaction, .inFailedTransaction].contains(transactionStatus) else { return }
        do throws(PostgresError) {
            try query("ROLLBACK")
        } catch {
            leftover.insert(.transaction)
            throw error
        }
    }

    private func endAnswers() throws(PostgresError) {
        // The server answers a pipeline up to a sync.
        if pipelineOwed > 0 {
            guard unsafe PQpipelineSync(pointer) == 1 else { throw lastError() }
            pipelineOwed += 1
        }
        let start = ContinuousClock.now
        var cancels = 0
        // A query that has ended meanwhile needs no cancel.
        _ = unsafe PQconsumeInput(pointer)
        while try !discardAnswers() {
            let passed = Int(start.duration(to: .now) / .milliseconds(1))
            guard passed < Self.endLimit else { throw giveUp() }
            if passed >= cancels * Self.cancelInterval {
                // A cancel that is still on its way must find no other query.
                guard try cancel(within: Self.endLimit - passed) else { throw giveUp() }
                cancels += 1
            }
            try waitForInput(milliseconds: Self.cancelInterval)
        }
    }

    /// As `cancel`, for a server that may hang: PQcancel waits for its answer without limit. False where no answer
    /// comes.
    private func cancel(within milliseconds: Int) throws(PostgresError) -> Bool {
        guard let request = unsafe PQgetCancel(pointer) else { return true }
        // Any thread may use the request (manual, 34.7), and only this one does.
        nonisolated(unsafe) let lent = unsafe request
        do throws(PostgresError) {
            let worker = try Worker("cancel") {
                var reason: [CChar] = Array(repeating: 0, count: 256)
                _ = unsafe PQcancel(lent, &reason, Int32(reason.count))
                unsafe PQfreeCancel(lent)
            }
            return worker.join(milliseconds: milliseconds)
        } catch {
            unsafe PQfreeCancel(request)
            throw error
        }
    }

    /// Discards what has come; true if no more is to come.
    private func discardAnswers() throws(PostgresError) -> Bool {
        if unsafe PQpipelineStatus(pointer) != PQ_PIPELINE_OFF {
            while try tryPipelineResult() != nil {}
            return pipelineOwed == 0
        }
        while unsafe PQisBusy(pointer) == 0 {
            guard let result = unsafe PQgetResult(pointer) else {
                guard isAlive else { throw lastError() }
                return true
            }
            switch unsafe QueryResult(result, connectionLost: !isAlive).status {
            case .failed(let error): if !isAlive { throw error }
            case .copyIn:
                guard unsafe PQputCopyEnd(pointer, "interrupted") == 1 else { throw lastError() }
            case .copyOut, .copyBoth: if !discardCopyData() { return false }
            default: break
            }
        }
        return false
    }

    /// False if more of the COPY is to come.
    private func discardCopyData() -> Bool {
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            let length = unsafe PQgetCopyData(pointer, &buffer, 1)
            if length > 0 { unsafe PQfreemem(buffer) } else { return length != 0 }
        }
    }
}

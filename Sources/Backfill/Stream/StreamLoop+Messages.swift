internal import Catalog
internal import Libpq
internal import Pgoutput
internal import Postgres
internal import Publisher
internal import Subscriber

// The messages of the stream, each carried to the applier if it is to be applied.
extension StreamLoop {
    func receive(_ bytes: RawSpan) throws(PostgresError) {
        var failure: PostgresError?
        do throws(DecodingError) {
            switch try WALSenderMessage(decoding: bytes) {
            case .keepalive(let keepalive):
                sourceEnd = max(sourceEnd, keepalive.walEnd)
                received = max(received, keepalive.walEnd)
                if transaction == nil { idlePosition = max(idlePosition ?? .invalid, keepalive.walEnd) }
                if keepalive.replyRequested { statusIsDue = true }
            case .xlogData(let data):
                received = max(received, data.start)
                sourceEnd = max(sourceEnd, data.end)
                let message = try decoder.decode(bytes, from: data.payload)
                // Its own error type: rethrown below as it is.
                do throws(PostgresError) { try handle(message, bytes) } catch { failure = error }
            }
        } catch {
            throw PostgresError(error)
        }
        if let failure { throw failure }
    }

    private func handle(_ message: Message, _ bytes: RawSpan) throws(PostgresError) {
        cache.observe(message)
        if let heard = partitions.hear(message, tables, isRepeated: isRepeated) {
            try store.noteHeard(heard.oid, heard.name, of: heard.root)
        }
        switch message {
        case .begin(let begin):
            transaction = begin
            idlePosition = nil
            isRepeated = isBehindJob(begin.finalLSN)
        case .commit(let commit):
            transaction = nil
            received = max(received, commit.endLSN)
            try finish(commit)
        case .relation, .type, .origin, .logicalMessage: break
        case .insert(let insert):
            guard try prepare(insert.relation, decoder.newTuple.count) else { return }
            try applier.insert(insert.relation, decoder.newTuple, in: bytes)
        case .update(let update):
            guard try prepare(update.relation, decoder.newTuple.count) else { return }
            try applier.update(update.relation, old: update.old, decoder.oldTuple, decoder.newTuple, in: bytes)
        case .delete(let delete):
            guard try prepare(delete.relation, decoder.oldTuple.count) else { return }
            try applier.delete(delete.relation, decoder.oldTuple, in: bytes)
        case .truncate(let truncate):
            var relations: [OID] = []
            for relation in truncate.relations where try prepare(relation, nil) {
                relations.append(relation)
                let name = try cache.described(relation).relation.name
                if let transaction, partitions.roots.contains(name) {
                    try store.noteEmptied(name, by: transaction.xid)
                }
            }
            let tables = applier.tables(of: relations)
            let isRefused = try control.areReferenced(tables)
            try applier.empty(tables, restartIdentity: truncate.restartIdentity, byRows: isRefused)
        case .streamStart, .streamStop, .streamCommit, .streamAbort, .beginPrepare, .prepare, .commitPrepared,
            .rollbackPrepared, .streamPrepare:
            throw PostgresError(
                "the source sent a message that was not asked for",
                hint: "Create the slot without two-phase commit.", sqlState: .protocolViolation)
        }
    }

    /// Makes ready for a row of a relation: planned, and in a transaction of the shadow. False where it is to be left out.
    ///
    /// - Parameter columns: the row's width; nil for TRUNCATE.
    private func prepare(_ relation: OID, _ columns: Int?) throws(PostgresError) -> Bool {
        if leftOut.contains(relation) { return false }
        let described =
            if let columns { try cache.relation(relation, columns: columns) } else { try cache.described(relation) }
        if applier.needsPlan(described) {
            guard try plan(described) else { return false }
        }
        guard let transaction, let snapshot = applier.snapshotLSN(of: relation) else {
            throw PostgresError("the source sent a row outside of a transaction", sqlState: .protocolViolation)
        }
        if isRepeated, !catchingUp.contains(relation) { return false }
        if transaction.finalLSN < snapshot { return false }
        if !applier.isInTransaction {
            try applier.begin()
            batchStart = .now
        }
        return true
    }

    private func plan(_ relation: CachedRelation) throws(PostgresError) -> Bool {
        let name = relation.relation.name
        guard let table = tables[name] else {
            // FOR ALL TABLES sends a job's state too, where the source is that job's shadow.
            if !name.isState { try unknownTable(name) }
            leftOut.insert(relation.relation.id)
            return false
        }
        guard table.state == .ready || table.state == .catchUp else {
            // Its copy will have these changes.
            leftOut.insert(relation.relation.id)
            return false
        }
        guard let target = try control.relation(name), target.isTable else {
            throw PostgresError(
                "table \(name) does not exist in the shadow any more",
                hint: "Create it again there, or run \\backfill reset and start anew.", sqlState: .undefinedTable)
        }
        try applier.plan(
            relation, table: target, columns: try control.columns(of: target),
            snapshotLSN: table.snapshotLSN ?? .invalid)
        if table.state == .catchUp { catchingUp.insert(relation.relation.id) }
        return true
    }
}

internal import Pgoutput
internal import Postgres

/// The effect of each message that is not a row on the transactions; each is treated as `worker.c` treats it
/// (`apply_handle_…`).
extension TransactionAssembler {
    /// Takes all messages but those of rows.
    mutating func follow(
        _ message: Message, _ bytes: RawSpan, _ place: MessagePlace
    ) throws(DecodingError) -> Output? {
        try check(message, place)
        cache.observe(message)
        switch message {
        case .insert, .update, .delete, .type: break
        case .relation(let description):
            known.forget(description.id)
            let relation = try relation(description.id, of: "RELATION", place)
            current?.changes.append(describing: relation, xid: description.xid)
            return fullPart()
        case .truncate(let truncate):
            var relations: [Int] = []
            for id in truncate.relations { relations.append(try relation(id, of: "TRUNCATE", place).place) }
            current?.changes.append(
                Truncate(
                    relations: relations, cascade: truncate.cascade, restartIdentity: truncate.restartIdentity),
                xid: truncate.xid)
            return fullPart()
        case .logicalMessage(let logical):
            guard logical.isTransactional else { return nil }
            current?.changes.append(logical, in: bytes)
            return fullPart()
        case .origin(let origin): current?.origin = origin

        case .begin(let begin): self.begin(HeldTransaction(begin.xid, commit: begin, emptyBuffer()))
        case .commit(let end): return part(end: end.endLSN).map { .transaction($0) }

        case .streamStart(let start):
            begin(streamed.removeValue(forKey: start.xid) ?? HeldTransaction(start.xid, emptyBuffer()))
        case .streamStop: if let held = current.take() { streamed[held.xid] = held }
        case .streamCommit(let commit):
            let held = streamed.removeValue(forKey: commit.xid)
            return held.map { .transaction($0.committed(at: commit.commitLSN, commit.commitTime, end: commit.endLSN)) }
        case .streamAbort(let abort):
            if abort.subxid == abort.xid {
                drop(streamed.removeValue(forKey: abort.xid))
            } else {
                streamed[abort.xid]?.abort(abort.subxid)
            }

        case .beginPrepare(let prepare): begin(HeldTransaction(prepare.xid, emptyBuffer()))
        case .prepare(let prepare): keep(current.take(), prepare)
        case .streamPrepare(let prepare): keep(streamed.removeValue(forKey: prepare.xid), prepare)
        case .commitPrepared(let commit):
            guard let held = prepared.removeValue(forKey: commit.xid) else { return .preparedBefore(commit) }
            return .transaction(held.committed(at: commit.commitLSN, commit.commitTime, end: commit.endLSN))
        case .rollbackPrepared(let rollback):
            // A transaction that is not held was prepared before the slot could see it
            // (`apply_handle_rollback_prepared`).
            drop(prepared.removeValue(forKey: rollback.xid))
        }
        return nil
    }

    /// Keeps a transaction until its second phase.
    private mutating func keep(_ held: consuming HeldTransaction?, _ prepare: Message.Prepare) {
        held?.prepareLSN = prepare.prepareLSN
        prepared[prepare.xid] = held
    }

    private mutating func drop(_ held: consuming HeldTransaction?) {
        guard var held = consume held else { return }
        recycle(&held.changes)
    }

    /// Refuses a message that contradicts the transactions that are held, before anything is changed.
    private mutating func check(_ message: Message, _ place: MessagePlace) throws(DecodingError) {
        switch message {
        case .streamStart(let start) where start.isFirst == (streamed[start.xid] != nil):
            leaveDecoderOutside()
            throw place.fault(
                "STREAM START", expected: start.isFirst ? "a transaction's only first block" : "a first block",
                found: "another of transaction \(start.xid)")
        case .beginPrepare(let prepare) where prepared[prepare.xid] != nil:
            leaveDecoderOutside()
            try checkUnprepared(prepare.xid, "BEGIN PREPARE", place)
        case .streamPrepare(let prepare):
            try checkStreamed(prepare.xid, "STREAM PREPARE", place)
            try checkUnprepared(prepare.xid, "STREAM PREPARE", place)
        case .streamCommit(let commit): try checkStreamed(commit.xid, "STREAM COMMIT", place)
        case .streamAbort(let abort): try checkStreamed(abort.xid, "STREAM ABORT", place)
        default: break
        }
    }

    /// Puts the decoder back to where it was before a message that stood outside of transactions and began one.
    private mutating func leaveDecoderOutside() { decoder = MessageDecoder(decoder.options) }

    private func checkStreamed(
        _ xid: TransactionID, _ name: StaticString, _ place: MessagePlace
    ) throws(DecodingError) {
        guard streamed[xid] == nil else { return }
        throw place.fault(name, expected: "a transaction that was streamed", found: "transaction \(xid)")
    }

    private func checkUnprepared(
        _ xid: TransactionID, _ name: StaticString, _ place: MessagePlace
    ) throws(DecodingError) {
        guard prepared[xid] != nil else { return }
        throw place.fault(name, expected: "a transaction that is not prepared yet", found: "transaction \(xid)")
    }
}

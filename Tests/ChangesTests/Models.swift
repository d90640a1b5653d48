import Changes
import Pgoutput
import Postgres

/// How many elements each transaction of a stream has that commits, counted message by message.
struct CommittedCounts {
    private(set) var order: [TransactionID] = []
    private(set) var counts: [Int] = []

    init(_ stream: CapturedStream) throws {
        var decoder = MessageDecoder(stream.options)
        /// For each element that is not undone, the (sub)transaction that made it.
        var open: [TransactionID: [TransactionID]] = [:]
        var current = TransactionID(0)
        for bytes in try stream.messages() {
            // Bytes have no padding.
            let message = try decoder.decode(unsafe bytes.span.bytes)
            switch message {
            case .begin(let begin): current = begin.xid
            case .beginPrepare(let begin): current = begin.xid
            case .streamStart(let start): current = start.xid
            case .insert(let m): open[current, default: []].append(m.xid ?? current)
            case .update(let m): open[current, default: []].append(m.xid ?? current)
            case .delete(let m): open[current, default: []].append(m.xid ?? current)
            case .truncate(let m): open[current, default: []].append(m.xid ?? current)
            case .relation(let m): open[current, default: []].append(m.xid ?? current)
            case .logicalMessage(let m) where m.isTransactional: open[current, default: []].append(m.xid ?? current)
            case .streamAbort(let m):
                if m.xid == m.subxid { open[m.xid] = nil } else { open[m.xid]?.removeAll { $0 == m.subxid } }
            case .rollbackPrepared(let m): open[m.xid] = nil
            case .commit: commit(current, &open)
            case .streamCommit(let m): commit(m.xid, &open)
            case .commitPrepared(let m): commit(m.xid, &open)
            case .origin, .type, .logicalMessage, .streamStop, .prepare, .streamPrepare: break
            }
        }
    }

    private mutating func commit(_ xid: TransactionID, _ open: inout [TransactionID: [TransactionID]]) {
        order.append(xid)
        counts.append(open.removeValue(forKey: xid)?.count ?? 0)
    }
}

/// Tables whose first column is their key, as changes leave them.
struct TablesByKey {
    /// `table key` to the other columns.
    private(set) var rows: [String: String] = [:]

    mutating func apply(_ changes: ChangeBuffer) {
        for index in 0..<changes.count {
            switch changes[index] {
            case .insert(let relation, let new): put(new, name(relation, changes), changes.relations[relation])
            case .update(let relation, let old, let new):
                let table = name(relation, changes)
                if let old { remove(old.row, table, changes.relations[relation]) }
                put(new, table, changes.relations[relation])
            case .delete(let relation, let old):
                remove(old.row, name(relation, changes), changes.relations[relation])
            case .truncate(let truncate):
                for relation in truncate.relations {
                    let prefix = name(relation, changes) + " "
                    rows = rows.filter { !$0.key.hasPrefix(prefix) }
                }
            case .relation, .message: break
            }
        }
    }

    private func name(_ relation: Int, _ changes: ChangeBuffer) -> String {
        changes.relations[relation].relation.name.name
    }

    private mutating func put(_ row: borrowing SourceRow, _ table: String, _ relation: CachedRelation) {
        let values = describe(row, relation)
        rows["\(table) \(values[0])"] = values.dropFirst().joined(separator: ", ")
    }

    private mutating func remove(_ row: borrowing SourceRow, _ table: String, _ relation: CachedRelation) {
        rows["\(table) \(describe(row, relation)[0])"] = nil
    }
}

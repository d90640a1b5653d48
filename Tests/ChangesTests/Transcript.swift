import Changes
import Pgoutput
import Postgres

/// A transaction as a line that people can check:
///
///     7 at 0/A end 0/B: relation t1; insert t1 (1, a); update t1 key (1, null) to (2, ^) [9]
///
/// A part that is not the last has no end; one that is not the first begins with `…`. `[9]` is the subtransaction.
func describe(_ transaction: SourceTransaction) -> String {
    let elements = describeElements(transaction)
    return (transaction.isFirst ? "" : "… ") + "\(transaction.xid) at \(transaction.commitLSN)"
        + (transaction.endLSN.map { " end \($0)" } ?? "")
        + (transaction.origin.map { " from \($0.name) \($0.commitLSN)" } ?? "") + ":"
        + (elements.isEmpty ? "" : " ") + elements.joined(separator: "; ")
}

func describe(_ output: TransactionAssembler.Output) -> String {
    switch output {
    case .transaction(let transaction): describe(transaction)
    case .preparedBefore(let commit): "\(commit.xid) was prepared before, commits at \(commit.commitLSN)"
    }
}

func describeElements(_ transaction: SourceTransaction, withSubtransactions: Bool = true) -> [String] {
    let changes = transaction.changes
    return (0..<changes.count).map { index in
        let xid = withSubtransactions ? changes.subtransaction(index).map { " [\($0)]" } ?? "" : ""
        return describe(changes[index], changes.relations) + xid
    }
}

private func describe(_ change: borrowing Change, _ relations: [CachedRelation]) -> String {
    func tuple(_ row: borrowing SourceRow, _ place: Int) -> String {
        "(" + describe(row, relations[place]).joined(separator: ", ") + ")"
    }
    func name(_ place: Int) -> String { relations[place].relation.name.name }
    func old(_ row: borrowing OldRow, _ place: Int) -> String { "\(row.kind) " + tuple(row.row, place) }
    switch change {
    case .relation(let place):
        return "relation \(name(place)) " + relations[place].relation.columns.map(\.name).joined(separator: ",")
    case .insert(let place, let new): return "insert \(name(place)) " + tuple(new, place)
    case .update(let place, let before, let new):
        let from = if let before { old(before, place) + " to " } else { "" }
        return "update \(name(place)) \(from)" + tuple(new, place)
    case .delete(let place, let before): return "delete \(name(place)) " + old(before, place)
    case .truncate(let truncate):
        return "truncate \(truncate.relations.map(name))" + (truncate.cascade ? " cascade" : "")
            + (truncate.restartIdentity ? " restart" : "")
    case .message(let message, let content): return "message \(message.prefix) '\(text(content))'"
    }
}

/// The row's values as text.
func describe(_ row: borrowing SourceRow, _ relation: CachedRelation) -> [String] {
    // From the last column to the first, since the order does not matter.
    let values = (0..<row.count).reversed().map { index in
        switch row.value(index) {
        case .null: "null"
        case .unchangedTOAST: "^"
        case .text(let value): text(value)
        // Binary and text are compared with each other: the other types that the streams have are the same in both.
        case .binary(let value):
            relation.relation.columns[index].typeOID == OID(23) ? String(integer(value)) : text(value)
        }
    }
    return values.reversed()
}

func octets(_ span: RawSpan) -> [UInt8] {
    // In bounds, and every bit pattern is a byte.
    span.byteOffsets.map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
}

private func text(_ span: RawSpan) -> String { String(decoding: octets(span), as: UTF8.self) }
private func integer(_ span: RawSpan) -> Int32 { octets(span).reduce(0) { $0 << 8 | Int32($1) } }

extension TransactionAssembler {
    mutating func take(_ bytes: [UInt8], from offset: Int = 0) throws(DecodingError) -> Output? {
        // Bytes have no padding.
        try take(unsafe bytes.span.bytes, from: offset)
    }
}

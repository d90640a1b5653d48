import Pgoutput
import Postgres

/// A message, and the rows it left in `decoder`, as a line that people can check.
func describe(_ message: Message, _ decoder: MessageDecoder, _ bytes: [UInt8]) -> String {
    func tuple(_ tuple: Tuple) -> String {
        "(" + (0..<tuple.count).map { describe(tuple, $0, bytes) }.joined(separator: ", ") + ")"
    }
    func streamed(_ xid: TransactionID?) -> String { xid.map { " [\($0)]" } ?? "" }
    return switch message {
    case .begin(let m): "BEGIN \(m.xid) final \(m.finalLSN) at \(m.commitTime.microseconds)"
    case .commit(let m): "COMMIT \(m.commitLSN) end \(m.endLSN) at \(m.commitTime.microseconds)"
    case .origin(let m): "ORIGIN \(m.name) \(m.commitLSN)"
    case .logicalMessage(let m):
        "MESSAGE\(streamed(m.xid)) \(m.isTransactional ? "transactional" : "at once") \(m.lsn) \(m.prefix): "
            + String(decoding: bytes[m.content], as: UTF8.self).debugDescription
    case .relation(let m):
        "RELATION\(streamed(m.xid)) \(m.id) \(m.name) by \(m.replicaIdentity.name) ("
            + m.columns.map { "\($0.isKey ? "*" : "")\($0.name) \($0.typeOID)/\($0.typeModifier)" }
            .joined(separator: ", ") + ")"
    case .type(let m): "TYPE\(streamed(m.xid)) \(m.id) \(m.name)"
    case .insert(let m): "INSERT\(streamed(m.xid)) \(m.relation) \(tuple(decoder.newTuple))"
    case .update(let m):
        "UPDATE\(streamed(m.xid)) \(m.relation) " + (m.old.map { "\($0) \(tuple(decoder.oldTuple)) to " } ?? "")
            + tuple(decoder.newTuple)
    case .delete(let m): "DELETE\(streamed(m.xid)) \(m.relation) \(m.old) \(tuple(decoder.oldTuple))"
    case .truncate(let m):
        "TRUNCATE\(streamed(m.xid)) \(m.relations)" + (m.cascade ? " cascade" : "")
            + (m.restartIdentity ? " restart identity" : "")
    case .streamStart(let m): "STREAM START \(m.xid)\(m.isFirst ? " first" : "")"
    case .streamStop: "STREAM STOP"
    case .streamCommit(let m):
        "STREAM COMMIT \(m.xid) \(m.commitLSN) end \(m.endLSN) at \(m.commitTime.microseconds)"
    case .streamAbort(let m):
        "STREAM ABORT \(m.xid) \(m.subxid)" + (m.abortLSN.map { " \($0)" } ?? "")
            + (m.abortTime.map { " at \($0.microseconds)" } ?? "")
    case .beginPrepare(let m):
        "BEGIN PREPARE \(m.xid) \(m.gid) \(m.prepareLSN) end \(m.endLSN) at \(m.prepareTime.microseconds)"
    case .prepare(let m):
        "PREPARE \(m.xid) \(m.gid) \(m.prepareLSN) end \(m.endLSN) at \(m.prepareTime.microseconds)"
    case .commitPrepared(let m):
        "COMMIT PREPARED \(m.xid) \(m.gid) \(m.commitLSN) end \(m.endLSN) at \(m.commitTime.microseconds)"
    case .rollbackPrepared(let m):
        "ROLLBACK PREPARED \(m.xid) \(m.gid) prepared end \(m.prepareEndLSN) at \(m.prepareTime.microseconds) "
            + "end \(m.rollbackEndLSN) at \(m.rollbackTime.microseconds)"
    case .streamPrepare(let m):
        "STREAM PREPARE \(m.xid) \(m.gid) \(m.prepareLSN) end \(m.endLSN) at \(m.prepareTime.microseconds)"
    }
}

/// A column's value: text quoted, binary in hexadecimal, the long ones cut.
private func describe(_ tuple: Tuple, _ index: Int, _ bytes: [UInt8]) -> String {
    func content(_ span: RawSpan) -> [UInt8] { span.byteOffsets.map { span.byte($0) } }
    func cut(_ text: String, _ count: Int, quoted: (String) -> String) -> String {
        count > 200 ? "\(quoted(text.prefix(10) + "…")) of \(count)" : quoted(text)
    }
    // Bytes have no padding.
    switch tuple.value(index, in: unsafe bytes.span.bytes) {
    case .null: return "null"
    case .unchangedTOAST: return "unchanged"
    case .text(let span):
        return cut(String(decoding: content(span), as: UTF8.self), span.byteCount) { $0.debugDescription }
    case .binary(let span):
        let digits = content(span).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return cut("x" + digits, span.byteCount) { $0 }
    }
}

extension RawSpan {
    // In bounds: `offset` is one of byteOffsets; every bit pattern is a byte.
    fileprivate func byte(_ offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
}

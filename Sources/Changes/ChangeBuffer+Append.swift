internal import Pgoutput
internal import Postgres

/// How the assembler fills a buffer.
extension ChangeBuffer {
    /// Adds a relation, to which elements will refer, and gives its place.
    mutating func append(_ relation: CachedRelation) -> Int {
        relations.append(relation)
        return relations.count - 1
    }

    // MARK: Elements

    mutating func append(describing relation: KnownRelation, xid: TransactionID?) {
        append(.relation, subject: relation.place, width: 0, xid)
    }

    mutating func append(_ truncate: Truncate, xid: TransactionID?) {
        append(.truncate, subject: truncates.count, width: 0, xid)
        truncates.append(truncate)
    }

    /// - Parameter message: the message's bytes, which hold its content.
    mutating func append(_ logical: Message.LogicalMessage, in message: RawSpan) {
        append(.message, subject: messages.count, width: 1, logical.xid)
        messages.append(LogicalMessage(lsn: logical.lsn, prefix: logical.prefix))
        columns.append(ColumnPlace(.binary, offset: 0, length: logical.content.count))
        copy(message.extracting(logical.content))
    }

    /// - Parameters:
    ///   - first: the only row, or the old one.
    ///   - second: the new row after an old one, of as many columns.
    ///   - message: the message's bytes, to whose end the rows reach.
    @inline(__always)
    mutating func append(
        _ kind: ChangeRecord.Kind, _ relation: KnownRelation, xid: TransactionID?, _ first: Tuple,
        _ second: Tuple? = nil, in message: RawSpan
    ) {
        append(kind, subject: relation.place, width: UInt16(truncatingIfNeeded: first.count), xid)
        guard first.count > 0 else { return }
        // The bytes before the first column are known from the record.
        let start = first[0].offset
        let base = bytes.count
        copy(message.extracting(droppingFirst: start))
        keep(first, from: start, at: base)
        if let second { keep(second, from: start, at: base) }
    }

    /// Notes an element whose columns and bytes come next.
    private mutating func append(_ kind: ChangeRecord.Kind, subject: Int, width: UInt16, _ xid: TransactionID?) {
        records.append(
            ChangeRecord(
                kind: kind, width: width, xid: xid?.value ?? 0, subject: subject, columns: columns.count,
                bytes: bytes.count))
    }

    /// Copies the bytes, with a zero byte after them.
    private mutating func copy(_ source: RawSpan) {
        // The bytes are copied before the span's end.
        unsafe source.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        bytes.append(0)
    }

    /// Notes the places of the row's columns, and ends each value with a zero byte. That takes the place of the next column's
    /// kind, which the tuple has, or of the byte that `copy` added.
    @inline(__always)
    private mutating func keep(_ row: Tuple, from start: Int, at base: Int) {
        let first = columns.count
        columns.append(contentsOf: repeatElement(ColumnPlace(.null, offset: 0, length: 0), count: row.count))
        Self.fill(&columns, first, &bytes, base, row, start)
    }

    /// Apart from `keep`, since each array must be open for writing by itself.
    @inline(__always)
    private static func fill(
        _ columns: inout [ColumnPlace], _ first: Int, _ bytes: inout [UInt8], _ base: Int, _ row: Tuple, _ start: Int
    ) {
        var places = columns.mutableSpan
        var arena = bytes.mutableSpan
        for index in 0..<row.count {
            let column = row[index]
            let offset = column.offset - start
            places[first + index] = ColumnPlace(column.kind, offset: offset, length: column.length)
            if column.kind.hasValue { arena[base + offset + column.length] = 0 }
        }
    }

    // MARK: Removal

    /// Removes the last elements, those made by subtransactions that `aborted` holds.
    mutating func removeLast(of aborted: Set<TransactionID>) {
        while let last = records.last, aborted.contains(TransactionID(last.xid)) {
            records.removeLast()
            columns.removeSubrange(last.columns...)
            bytes.removeSubrange(last.bytes...)
            switch last.kind {
            case .relation: relations.removeSubrange(last.subject...)
            case .truncate: truncates.removeLast()
            case .message: messages.removeLast()
            case .insert, .update, .updateOfKey, .updateOfFull, .deleteOfKey, .deleteOfFull: break
            }
        }
    }

    /// Removes elements made by subtransactions that `aborted` holds, wherever they are; their bytes stay.
    mutating func removeAll(of aborted: Set<TransactionID>) {
        records.removeAll { aborted.contains(TransactionID($0.xid)) }
    }

    // MARK: Use again

    /// Bytes that the buffer takes, used or not.
    var capacity: Int {
        bytes.capacity + columns.capacity * MemoryLayout<ColumnPlace>.stride
            + records.capacity * MemoryLayout<ChangeRecord>.stride
    }

    /// Empties the buffer; its memory stays.
    mutating func removeAll() {
        records.removeAll(keepingCapacity: true)
        columns.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        truncates.removeAll(keepingCapacity: true)
        messages.removeAll(keepingCapacity: true)
        relations.removeAll(keepingCapacity: true)
    }
}

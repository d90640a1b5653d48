public import Pgoutput
public import Postgres

/// Changes of one transaction in the order in which they were made, all in one piece of memory.
///
///     records   [relation][insert    ][update                ]     one an element
///                          │           │
///     columns              [id][name]  [id][name][id][name]         one a column: kind, offset, length (8 bytes)
///                           │   │
///     bytes                 7␀…alice␀                               the rows as they were sent
///
/// A row costs one copy of its bytes and allocates nothing once the buffer has grown to the size of its work. Each value is
/// followed by a zero byte. Elements are lent by their place:
///
///     for index in 0..<changes.count {
///         switch changes[index] {
///         case .insert(let relation, let new): … routes[relation] … new.value(0) …
///
/// A buffer is a value: it may be given to another thread whole.
public struct ChangeBuffer: Sendable {
    @usableFromInline var records: [ChangeRecord] = []
    @usableFromInline var columns: [ColumnPlace] = []
    @usableFromInline var bytes: [UInt8] = []
    @usableFromInline var truncates: [Truncate] = []
    @usableFromInline var messages: [LogicalMessage] = []
    /// The descriptions of the relations that are changed or described here. A relation may be here more than once: each
    /// element names the description that it has.
    public internal(set) var relations: [CachedRelation] = []

    init() {}

    /// How many elements there are.
    @inlinable
    public var count: Int { records.count }

    @inlinable
    public var isEmpty: Bool { records.isEmpty }

    /// The memory that the elements take, in bytes; unused capacity and descriptions are not counted.
    public var byteCount: Int {
        bytes.count + columns.count * MemoryLayout<ColumnPlace>.stride
            + records.count * MemoryLayout<ChangeRecord>.stride
    }

    /// The element at a place from 0 to `count - 1`.
    @inlinable
    public subscript(index: Int) -> Change {
        @_lifetime(borrow self)
        get {
            let record = records[index]
            switch record.kind {
            case .relation: return .relation(record.subject)
            case .insert: return .insert(relation: record.subject, new: row(record, 0))
            case .update: return .update(relation: record.subject, old: nil, new: row(record, 0))
            case .updateOfKey:
                return .update(relation: record.subject, old: OldRow(.key, row(record, 0)), new: row(record, 1))
            case .updateOfFull:
                return .update(relation: record.subject, old: OldRow(.full, row(record, 0)), new: row(record, 1))
            case .deleteOfKey: return .delete(relation: record.subject, old: OldRow(.key, row(record, 0)))
            case .deleteOfFull: return .delete(relation: record.subject, old: OldRow(.full, row(record, 0)))
            case .truncate: return .truncate(truncates[record.subject])
            case .message: return .message(messages[record.subject], content: content(record))
            }
        }
    }

    /// The (sub)transaction that made the change; nil unless the transaction was streamed.
    @inlinable
    public func subtransaction(_ index: Int) -> TransactionID? {
        let xid = records[index].xid
        return xid == 0 ? nil : TransactionID(xid)
    }

    /// The record's first or second row.
    @inlinable
    @_lifetime(borrow self)
    func row(_ record: ChangeRecord, _ number: Int) -> SourceRow {
        let width = Int(record.width)
        let start = record.columns + number * width
        return SourceRow(columns.span.extracting(start..<start + width), arena(from: record.bytes))
    }

    @inlinable
    @_lifetime(borrow self)
    func content(_ record: ChangeRecord) -> RawSpan {
        let column = columns[record.columns]
        return arena(from: record.bytes).extracting(column.offset..<column.offset + column.length)
    }

    @inlinable
    @_lifetime(borrow self)
    func arena(from start: Int) -> RawSpan {
        // Bytes have no padding.
        unsafe bytes.span.bytes.extracting(droppingFirst: start)
    }
}

/// A row as it came: for each column what is there and where. It holds no bytes of its own but places in the buffer that
/// was decoded, and its storage is used again for the next message, so that following a table allocates nothing a row.
///
///     switch decoder.newTuple.value(0, in: bytes) {
///     case .null: …
///     case .unchangedTOAST: …
///     case .text(let text): …     // RawSpan
///     case .binary(let binary): …
///     }
public struct Tuple: Sendable {
    /// The kind of a column's value (manual, 55.9 "TupleData"). It is per value: `text` and `binary` mix, since a type
    /// without a send function comes as text even where binary was asked for.
    public enum Kind: UInt8, Sendable {
        case null = 0x6E  // n
        /// A value stored out of line that the UPDATE did not change; it is not sent.
        case unchangedTOAST = 0x75  // u
        case text = 0x74  // t
        case binary = 0x62  // b
    }

    /// A column's kind and the place of its value in the decoded buffer, without a terminating zero byte; a column
    /// without value has length 0.
    public struct Column: Hashable, Sendable {
        public var kind: Kind
        public var offset: Int
        public var length: Int
    }

    /// A column's value, lent from the decoded buffer.
    public enum Value: ~Escapable {
        case null
        case unchangedTOAST
        case text(RawSpan)
        case binary(RawSpan)
    }

    /// The slots of the widest row so far; the row's own are the first `count`.
    @usableFromInline
    internal private(set) var slots: [Column] = []
    /// How many columns the row has, in the order of the relation's columns.
    public private(set) var count = 0

    public init() {}

    /// The column's kind and place.
    @inlinable
    public subscript(index: Int) -> Column {
        precondition(index < count, "the row has \(count) columns")
        return slots[index]
    }

    /// The column's value in `bytes`, the buffer that was decoded.
    @inlinable
    @_lifetime(copy bytes)
    public func value(_ index: Int, in bytes: RawSpan) -> Value {
        let column = self[index]
        let place = column.offset..<column.offset + column.length
        return switch column.kind {
        case .null: .null
        case .unchangedTOAST: .unchangedTOAST
        case .text: .text(bytes.extracting(place))
        case .binary: .binary(bytes.extracting(place))
        }
    }

    mutating func clear() { count = 0 }

    /// Reads the message part TupleData.
    mutating func read(from reader: inout ByteReader) throws(DecodingError) {
        count = 0
        let width = Int(try reader.uint16("a column count"))
        // Each column takes one byte at least: a count beyond that is known to be wrong before it costs memory.
        guard width <= reader.remaining else {
            throw reader.fault(
                "a column count from 0 to \(reader.remaining)", found: String(width), at: reader.offset - 2)
        }
        if slots.count < width {
            let empty = Column(kind: .null, offset: 0, length: 0)
            slots.append(contentsOf: repeatElement(empty, count: width - slots.count))
        }
        var open = slots.mutableSpan
        for index in 0..<width {
            let byte = try reader.uint8("a column kind")
            guard let kind = Kind(rawValue: byte) else {
                throw reader.unexpected(byte, expected: "a column kind (n, u, t or b)")
            }
            switch kind {
            case .null, .unchangedTOAST:
                open[index] = Column(kind: kind, offset: reader.offset, length: 0)
            case .text, .binary:
                let length = try reader.count("a value length")
                open[index] = Column(kind: kind, offset: try reader.skip(length, "a value").lowerBound, length: length)
            }
        }
        count = width
    }
}

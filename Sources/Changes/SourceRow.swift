public import Pgoutput

/// A row in a `ChangeBuffer`, lent from it: each column is found by its place, in any order, without decoding again.
public struct SourceRow: ~Escapable {
    @usableFromInline let columns: Span<ColumnPlace>
    /// The buffer's bytes from where the row begins.
    @usableFromInline let bytes: RawSpan

    @inlinable
    @_lifetime(copy columns, copy bytes)
    init(_ columns: Span<ColumnPlace>, _ bytes: RawSpan) {
        self.columns = columns
        self.bytes = bytes
    }

    /// How many columns the row has: as many as its relation.
    @inlinable
    public var count: Int { columns.count }

    /// The kind of value in the column at `index`.
    @inlinable
    public func kind(_ index: Int) -> Tuple.Kind { columns[index].kind }

    /// The column's value, as it came.
    @inlinable
    @_lifetime(copy self)
    public func value(_ index: Int) -> Tuple.Value {
        let column = columns[index]
        let place = column.offset..<column.offset + column.length
        return switch column.kind {
        case .null: .null
        case .unchangedTOAST: .unchangedTOAST
        case .text: .text(bytes.extracting(place))
        case .binary: .binary(bytes.extracting(place))
        }
    }

    /// A text or binary value together with the zero byte that the buffer puts after it, so that its address can be
    /// given to libpq as a parameter without a copy. It is empty for a column without value, and never empty otherwise.
    @inlinable
    @_lifetime(copy self)
    public func terminated(_ index: Int) -> RawSpan {
        let column = columns[index]
        let length = column.kind.hasValue ? column.length + 1 : 0
        return bytes.extracting(column.offset..<column.offset + length)
    }
}

/// Where a column's value is, in bytes from where its row begins, and of which kind it is: in one word, since a buffer
/// holds one for each column of each row. No message is longer than an Int32 can say, so 31 bits suffice for each number.
@usableFromInline
struct ColumnPlace: Sendable {
    /// From the highest bit: 31 of the offset, 31 of the length, 2 of the kind.
    @usableFromInline let bits: UInt64

    @inlinable
    init(_ kind: Tuple.Kind, offset: Int, length: Int) {
        let code: UInt64 =
            switch kind {
            case .text: 0
            case .binary: 1
            case .null: 2
            case .unchangedTOAST: 3
            }
        bits = UInt64(truncatingIfNeeded: offset) << 33 | UInt64(truncatingIfNeeded: length) << 2 | code
    }

    @inlinable var offset: Int { Int(truncatingIfNeeded: bits >> 33) }
    @inlinable var length: Int { Int(truncatingIfNeeded: bits >> 2 & 0x7FFF_FFFF) }
    @inlinable
    var kind: Tuple.Kind {
        switch bits & 3 {
        case 0: .text
        case 1: .binary
        case 2: .null
        default: .unchangedTOAST
        }
    }
}

extension Tuple.Kind {
    /// Bytes were sent for the column.
    @inlinable
    var hasValue: Bool { self == .text || self == .binary }
}

/// Writes messages as a server does (proto.c).
struct MessageBytes {
    var bytes: [UInt8]

    init(_ type: Character) { bytes = Array(type.utf8) }

    func byte(_ value: UInt8) -> Self { adding([value]) }
    func letter(_ value: Character) -> Self { adding(Array(value.utf8)) }
    func int16(_ value: UInt16) -> Self { adding(bigEndian(value)) }
    func int32(_ value: UInt32) -> Self { adding(bigEndian(value)) }
    func int64(_ value: UInt64) -> Self { adding(bigEndian(value)) }
    func string(_ value: String) -> Self { adding(Array(value.utf8) + [0]) }

    enum Column {
        case null
        case unchanged
        case text([UInt8])
        case binary([UInt8])
    }

    /// A TupleData.
    func tuple(_ columns: [Column]) -> Self {
        columns.reduce(int16(UInt16(columns.count))) { message, column in
            switch column {
            case .null: message.letter("n")
            case .unchanged: message.letter("u")
            case .text(let value): message.letter("t").int32(UInt32(value.count)).adding(value)
            case .binary(let value): message.letter("b").int32(UInt32(value.count)).adding(value)
            }
        }
    }

    func adding(_ more: [UInt8]) -> Self {
        var copy = self
        copy.bytes += more
        return copy
    }

    private func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        stride(from: value.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}

extension MessageBytes {
    static func begin(_ lsn: UInt64 = 0x10) -> Self { Self("B").int64(lsn).int64(5).int32(7) }
    static func commit(_ lsn: UInt64 = 0x10) -> Self { Self("C").byte(0).int64(lsn).int64(0x20).int64(5) }
    static func streamStart(_ xid: UInt32) -> Self { Self("S").int32(xid).byte(1) }
    static let streamStop = Self("E")
    static func streamCommit(_ xid: UInt32) -> Self { Self("c").int32(xid).byte(0).int64(0x10).int64(0x20).int64(5) }
    static func streamAbort(_ xid: UInt32, _ subxid: UInt32) -> Self { Self("A").int32(xid).int32(subxid) }
    static func streamPrepare(_ xid: UInt32) -> Self {
        Self("p").byte(0).int64(0x10).int64(0x20).int64(5).int32(xid).string("g")
    }
    /// In a stream block with `xid`, otherwise without. `columns` are text, the first the key.
    static func relation(_ id: UInt32, _ columns: [String], xid: UInt32? = nil) -> Self {
        let begun = (xid.map { Self("R").int32($0) } ?? Self("R")).int32(id).string("public").string("t").letter("d")
        return columns.reduce(begun.int16(UInt16(columns.count))) {
            $0.byte($1 == columns.first ? 1 : 0).string($1).int32(25).int32(.max)
        }
    }
    static func type(_ id: UInt32, _ name: String, xid: UInt32? = nil) -> Self {
        (xid.map { Self("Y").int32($0) } ?? Self("Y")).int32(id).string("public").string(name)
    }
}

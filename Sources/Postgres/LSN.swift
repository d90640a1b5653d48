/// A position in the WAL: a byte offset, written as two hexadecimal halves (`pg_lsn`).
public struct LSN: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Bytes since the beginning of the WAL.
    public var bytes: UInt64

    public init(_ bytes: UInt64) { self.bytes = bytes }

    /// Position 0, which no record has (`InvalidXLogRecPtr`).
    public static let invalid = LSN(0)

    /// Reads `X/X`; nil for anything else.
    public init?(_ text: String) {
        let halves = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard halves.count == 2,
            let high = UInt32(Substring(halves[0]), radix: 16), let low = UInt32(Substring(halves[1]), radix: 16)
        else { return nil }
        bytes = UInt64(high) << 32 | UInt64(low)
    }

    public var description: String {
        String(bytes >> 32, radix: 16, uppercase: true) + "/"
            + String(bytes & 0xFFFF_FFFF, radix: 16, uppercase: true)
    }

    public static func < (left: LSN, right: LSN) -> Bool { left.bytes < right.bytes }

    /// Bytes from `earlier` to here; 0 where `earlier` is not earlier.
    public func distance(from earlier: LSN) -> UInt64 { bytes > earlier.bytes ? bytes - earlier.bytes : 0 }
}

extension LSN: Encodable {
    /// As text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A cursor over a message's bytes, in network byte order. Every read is checked against the bytes that are left, before
/// anything is allocated; a short one throws with its offset and reads nothing.
struct ByteReader: ~Escapable {
    let bytes: RawSpan
    /// Of the next byte, from the beginning of `bytes`.
    private(set) var offset: Int

    /// Begins at `offset`; all reads throw where that is beyond the end.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, from offset: Int = 0) {
        self.bytes = bytes
        self.offset = max(0, min(offset, bytes.byteCount))
    }

    /// Bytes not yet read.
    var remaining: Int { bytes.byteCount - offset }

    @_lifetime(self: copy self)
    @inline(__always)
    mutating func uint8(_ field: StaticString) throws(DecodingError) -> UInt8 { try load(field) }

    @_lifetime(self: copy self)
    @inline(__always)
    mutating func uint16(_ field: StaticString) throws(DecodingError) -> UInt16 {
        UInt16(bigEndian: try load(field))
    }

    @_lifetime(self: copy self)
    @inline(__always)
    mutating func uint32(_ field: StaticString) throws(DecodingError) -> UInt32 {
        UInt32(bigEndian: try load(field))
    }

    @_lifetime(self: copy self)
    @inline(__always)
    mutating func uint64(_ field: StaticString) throws(DecodingError) -> UInt64 {
        UInt64(bigEndian: try load(field))
    }

    @_lifetime(self: copy self)
    @inline(__always)
    private mutating func load<Value: FixedWidthInteger & BitwiseCopyable>(
        _ field: StaticString
    ) throws(DecodingError) -> Value {
        guard MemoryLayout<Value>.size <= remaining else { throw short(field, needs: MemoryLayout<Value>.size) }
        // In bounds, and every bit pattern is an integer.
        let value = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self)
        offset += MemoryLayout<Value>.size
        return value
    }

    /// The protocol's Int32 length or count: not negative, and not more than the bytes that are left can hold when each
    /// item takes `size` of them.
    @_lifetime(self: copy self)
    @inline(__always)
    mutating func count(_ field: StaticString, itemsOf size: Int = 1) throws(DecodingError) -> Int {
        let start = offset
        let value = Int(Int32(bitPattern: try uint32(field)))
        guard value >= 0, value <= remaining / size else {
            throw fault("\(field) from 0 to \(remaining / size)", found: String(value), at: start)
        }
        return value
    }

    /// Passes over `count` bytes and gives their place.
    @_lifetime(self: copy self)
    @inline(__always)
    mutating func skip(_ count: Int, _ field: StaticString) throws(DecodingError) -> Range<Int> {
        guard count >= 0, count <= remaining else { throw short(field, needs: count) }
        let start = offset
        offset += count
        return start..<offset
    }

    /// The protocol's String: bytes up to a zero byte, which must be there, in UTF-8 (the client_encoding).
    @_lifetime(self: copy self)
    mutating func string(_ field: StaticString) throws(DecodingError) -> String {
        let rest = bytes.extracting(droppingFirst: offset)
        let found = unsafe rest.withUnsafeBytes { buffer -> (length: Int, text: String?)? in
            guard let length = unsafe buffer.firstIndex(of: 0) else { return nil }
            return unsafe (length, String(validating: buffer.prefix(length), as: UTF8.self))
        }
        guard let found else { throw fault("\(field) that ends in a zero byte", found: "no zero byte") }
        guard let text = found.text else { throw fault("\(field) in UTF-8", found: "other bytes") }
        offset += found.length + 1
        return text
    }

    /// Throws unless all bytes were read.
    @inline(__always)
    func end() throws(DecodingError) {
        guard remaining == 0 else {
            throw fault("the end of the message", found: "\(remaining) more \(remaining == 1 ? "byte" : "bytes")")
        }
    }

    /// The error for a field that needs more bytes than are left.
    @inline(never)
    func short(_ field: StaticString, needs count: Int) -> DecodingError {
        fault(
            "\(field) of \(count) \(count == 1 ? "byte" : "bytes")",
            found: remaining == 0 ? "the end" : "only \(remaining) \(remaining == 1 ? "byte" : "bytes")")
    }

    /// The error for what was just about to be read, or for the field at `offset`.
    @inline(never)
    func fault(_ expected: String, found: String, at offset: Int? = nil) -> DecodingError {
        DecodingError(offset: offset ?? self.offset, length: bytes.byteCount, expected: expected, found: found)
    }

    /// The error for a byte, just read, that the protocol does not have there.
    @inline(never)
    func unexpected(_ byte: UInt8, expected: String) -> DecodingError {
        let letter = byte > 0x20 && byte < 0x7F ? " ('\(Character(Unicode.Scalar(byte)))')" : ""
        return fault(expected, found: "byte \(byte)\(letter)", at: offset - 1)
    }
}

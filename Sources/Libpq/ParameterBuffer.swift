internal import CLibpq

/// Parameters of a prepared statement in text form, laid one after the other in one buffer that is used again for the next
/// row, so that a row costs no allocation.
@safe public struct ParameterBuffer {
    private var bytes: [CChar] = []
    private var offsets: [Int] = []
    private var pointers: [UnsafePointer<CChar>?] = unsafe []

    public init() {}

    public var count: Int { offsets.count }

    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
    }

    public mutating func appendNull() { offsets.append(-1) }

    /// Text in the client's encoding; it holds no zero byte, which no PostgreSQL text can.
    public mutating func append(_ text: UnsafeRawBufferPointer) {
        offsets.append(bytes.count)
        unsafe bytes.append(contentsOf: text.bindMemory(to: CChar.self))
        bytes.append(0)
    }

    public mutating func append(_ text: RawSpan) {
        unsafe text.withUnsafeBytes { unsafe append($0) }
    }

    public mutating func append(_ text: String) {
        offsets.append(bytes.count)
        for byte in text.utf8 { bytes.append(CChar(bitPattern: byte)) }
        bytes.append(0)
    }

    mutating func withPointers<Value>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value) -> Value {
        unsafe pointers.removeAll(keepingCapacity: true)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            for offset in offsets {
                unsafe pointers.append(offset < 0 ? nil : buffer.baseAddress.map { unsafe $0 + offset })
            }
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }
}

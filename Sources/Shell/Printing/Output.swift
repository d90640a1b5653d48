/// A printer's output on its way to a sink: gathered in 64 kB, so that a row costs neither a system call nor a string.
@safe struct Output: ~Copyable {
    private static let capacity = 1 << 16

    let sink: any TextSink
    private let isCancelled: () -> Bool
    /// Allocated by init, freed by deinit; `count` bytes are filled.
    private let buffer: UnsafeMutableRawBufferPointer
    private var count = 0

    init(to sink: any TextSink, isCancelled: @escaping () -> Bool) {
        self.sink = sink
        self.isCancelled = isCancelled
        unsafe buffer = .allocate(byteCount: Self.capacity, alignment: 16)
    }

    deinit { unsafe buffer.deallocate() }

    /// Whether the user has asked to stop; the printers ask once a row.
    var cancelled: Bool { isCancelled() }

    mutating func write(_ byte: UInt8) {
        if count == Self.capacity { flush() }
        unsafe buffer.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    mutating func write(_ text: Span<UInt8>) {
        unsafe text.withUnsafeBytes { unsafe write($0) }
    }

    mutating func write(_ text: [UInt8]) {
        unsafe text.withUnsafeBytes { unsafe write($0) }
    }

    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { unsafe write(UnsafeRawBufferPointer($0)) }
    }

    mutating func write(_ text: DisplayText, _ range: Range<Int>) {
        write(text.bytes.span.extracting(range))
    }

    mutating func write(spaces: Int) {
        write(UInt8(ascii: " "), times: spaces)
    }

    /// Nothing for a negative number of times.
    mutating func write(_ byte: UInt8, times: Int) {
        var left = times
        while left > 0 {
            if count == Self.capacity { flush() }
            let part = min(left, Self.capacity - count)
            unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count..<count + part])
                .initializeMemory(as: UInt8.self, repeating: byte)
            count += part
            left -= part
        }
    }

    mutating func write(_ text: [UInt8], times: Int) {
        guard text.count != 1 else { return write(text[0], times: times) }
        for _ in 0..<max(0, times) { write(text) }
    }

    private mutating func write(_ bytes: UnsafeRawBufferPointer) {
        if bytes.count > Self.capacity - count { flush() }
        if bytes.count > Self.capacity {
            unsafe sink.write(bytes)
        } else {
            unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count..<count + bytes.count]).copyMemory(from: bytes)
            count += bytes.count
        }
    }

    mutating func flush() {
        guard count > 0 else { return }
        unsafe sink.write(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
        count = 0
    }
}

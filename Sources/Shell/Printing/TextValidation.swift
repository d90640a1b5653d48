/// Whether psql would print the text as it is: each UTF-8 character well formed and no non-character beyond the
/// basic plane (U+1FFFE, U+1FFFF …; psql's test of those below never holds).
/// In other encodings everything passes.
func isPrintable(_ text: Span<UInt8>, _ encoding: TextEncoding) -> Bool {
    guard encoding == .utf8, !isPlain(text) else { return true }
    var index = 0
    while index < text.count {
        guard let length = printableLength(text, at: index) else { return false }
        index += length
    }
    return true
}

/// The text without the bytes that `isPrintable` objects to, as psql drops them.
func printable(_ text: Span<UInt8>) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
        guard let length = printableLength(text, at: index) else {
            index += 1
            continue
        }
        for offset in 0..<length { kept.append(text[index + offset]) }
        index += length
    }
    return kept
}

/// The length of the character at `index`, or nil where psql's check of UTF-8 fails (utf_charcheck in mbprint.c).
private func printableLength(_ text: Span<UInt8>, at index: Int) -> Int? {
    let length = TextEncoding.utf8.length(lead: text[index])
    if length == 1 { return text[index] < 0x80 ? 1 : nil }
    guard index + length <= text.count else { return nil }
    for offset in 1..<length where text[index + offset] & 0xC0 != 0x80 { return nil }
    let code = codePoint(text, at: index)
    switch length {
    case 2: return code >= 0x80 ? 2 : nil
    case 3:
        let isSurrogate = (0xD800...0xDFFF).contains(code)
        return code >= 0x800 && !isSurrogate ? 3 : nil
    default: return (0x10000...0x10FFFF).contains(code) && code & 0xFFFE != 0xFFFE ? 4 : nil
    }
}

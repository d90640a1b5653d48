/// How a client encoding's bytes make characters, and how many cells of a terminal each takes.
///
/// The rules are those of psql's printers (`PQmblen` and `PQdsplen`), so that columns come out equally wide.
enum TextEncoding: Sendable, Equatable {
    case utf8
    /// One byte a character: SQL_ASCII, LATIN1, WIN1252 and their kin.
    case singleByte
    /// Two bytes for every character outside ASCII: EUC_KR, EUC_CN, BIG5, GBK, UHC, JOHAB.
    case doubleByte
    /// EUC_JP and EUC_JIS_2004: half-width kana after 0x8E, JIS X 0212 after 0x8F.
    case eucJapanese
    /// SJIS and SHIFT_JIS_2004: half-width kana in one byte.
    case shiftJIS

    /// The encoding by the name the server gives in `client_encoding`.
    init(clientEncoding name: String) {
        switch name.uppercased() {
        case "UTF8", "UNICODE", "UTF-8": self = .utf8
        case "EUC_JP", "EUC_JIS_2004": self = .eucJapanese
        case "SJIS", "SHIFT_JIS_2004": self = .shiftJIS
        case "EUC_KR", "EUC_CN", "EUC_TW", "BIG5", "GBK", "GB18030", "UHC", "JOHAB": self = .doubleByte
        default: self = .singleByte
        }
    }

    /// The length in bytes of the character that begins with `lead`.
    func length(lead: UInt8) -> Int {
        if lead < 0x80 { return 1 }
        switch self {
        case .utf8:
            if lead & 0xE0 == 0xC0 { return 2 }
            if lead & 0xF0 == 0xE0 { return 3 }
            return lead & 0xF8 == 0xF0 ? 4 : 1
        case .singleByte: return 1
        case .doubleByte: return 2
        case .eucJapanese: return lead == 0x8F ? 3 : 2
        case .shiftJIS: return (0xA1...0xDF).contains(lead) ? 1 : 2
        }
    }

    /// The cells that the character at `index` takes, negative for a control character.
    /// The character must be whole (see `length`).
    func width(_ text: Span<UInt8>, at index: Int) -> Int {
        let lead = text[index]
        if lead < 0x80 { return lead == 0 ? 0 : lead < 0x20 || lead == 0x7F ? -1 : 1 }
        switch self {
        case .utf8: return displayWidth(codePoint(text, at: index))
        case .singleByte: return 1
        case .doubleByte: return 2
        case .eucJapanese: return lead == 0x8E ? 1 : 2
        case .shiftJIS: return (0xA1...0xDF).contains(lead) ? 1 : 2
        }
    }
}

/// The code point of the UTF-8 character at `index`, which must be whole; unchecked continuation bytes are taken as they are.
func codePoint(_ text: Span<UInt8>, at index: Int) -> UInt32 {
    func tail(_ offset: Int) -> UInt32 { UInt32(text[index + offset] & 0x3F) }
    let lead = UInt32(text[index])
    if lead < 0x80 { return lead }
    if lead & 0xE0 == 0xC0 { return (lead & 0x1F) << 6 | tail(1) }
    if lead & 0xF0 == 0xE0 { return (lead & 0x0F) << 12 | tail(1) << 6 | tail(2) }
    if lead & 0xF8 == 0xF0 { return (lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3) }
    return .max
}

/// The cells that a code point takes: 0, 1 or 2; -1 for a control character and for a number that is no code point.
func displayWidth(_ codePoint: UInt32) -> Int {
    if codePoint == 0 { return 0 }
    if codePoint < 0x20 || (0x7F..<0xA0).contains(codePoint) || codePoint > 0x10FFFF { return -1 }
    if codePoint < 0x300 { return 1 }
    if contains(DisplayWidthTables.combining, codePoint) { return 0 }
    return contains(DisplayWidthTables.wide, codePoint) ? 2 : 1
}

private func contains(_ ranges: [(UInt32, UInt32)], _ codePoint: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
        let middle = (low + high) / 2
        if codePoint > ranges[middle].1 {
            low = middle + 1
        } else if codePoint < ranges[middle].0 {
            high = middle
        } else {
            return true
        }
    }
    return false
}

/// A client encoding as the lexer needs it: how many bytes a character has, and whether its later bytes can look like
/// ASCII (manual, 24.3 "Character Set Support": the encodings that are "client only").
struct ClientEncoding: Hashable, Sendable {
    /// PostgreSQL's name, as `client_encoding` reports it.
    let name: String

    static let utf8 = ClientEncoding(name: "UTF8")

    /// False where a second byte may be a quote or a backslash, so that it must be hidden from the lexer.
    var isSafe: Bool {
        switch name {
        case "SJIS", "SHIFT_JIS_2004", "BIG5", "GBK", "UHC", "GB18030", "JOHAB": false
        default: true
        }
    }

    /// Bytes of the character that begins at `index`, cut at the end of the text.
    func length(in bytes: [UInt8], at index: Int) -> Int {
        let first = bytes[index]
        let length: Int
        switch name {
        case "UTF8":
            switch first {
            case 0xC0...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF7: length = 4
            default: length = 1
            }
        case "SJIS", "SHIFT_JIS_2004":
            length = first >= 0x80 && !(0xA1...0xDF).contains(first) ? 2 : 1
        case "BIG5", "GBK", "UHC":
            length = first >= 0x80 ? 2 : 1
        case "GB18030":
            if first < 0x80 {
                length = 1
            } else {
                length = index + 1 < bytes.count && (0x30...0x39).contains(bytes[index + 1]) ? 4 : 2
            }
        case "JOHAB", "EUC_JP", "EUC_KR", "EUC_JIS_2004":
            length = first == 0x8F ? 3 : first >= 0x80 ? 2 : 1
        case "EUC_CN":
            length = first >= 0x80 ? 2 : 1
        case "EUC_TW":
            length = first == 0x8E ? 4 : first == 0x8F ? 3 : first >= 0x80 ? 2 : 1
        default:
            length = 1
        }
        return min(length, bytes.count - index)
    }

    /// The text with the later bytes of each character replaced by 0xFF, which the lexer takes for letters.
    func masked(_ bytes: [UInt8]) -> [UInt8] {
        guard !isSafe else { return bytes }
        var result = bytes
        var index = 0
        while index < bytes.count {
            let length = length(in: bytes, at: index)
            for later in (index + 1)..<max(index + length, index + 1) { result[later] = 0xFF }
            index += length
        }
        return result
    }
}

/// Reading a variable's value as psql does (variables.c).
enum VariableValue {
    /// `true false yes no on off 1 0` and their unique beginnings, in any case; nil for anything else.
    static func bool(_ text: String?) -> Bool? {
        guard let text = text?.lowercased(), !text.isEmpty else { return nil }
        func begins(_ word: String, least: Int = 1) -> Bool { text.count >= least && word.hasPrefix(text) }
        if begins("true") || begins("yes") || begins("on", least: 2) || text == "1" { return true }
        if begins("false") || begins("no") || begins("off", least: 2) || text == "0" { return false }
        return nil
    }

    /// An integer of 32 bits, also in octal (`0…`) and hexadecimal (`0x…`); nil for anything else (strtol with base 0).
    static func integer(_ text: String?) -> Int? {
        guard var digits = text.map({ Substring($0) }) else { return nil }
        digits = digits.drop { $0 == " " || $0 == "\t" || $0 == "\n" }
        var negative = false
        if digits.first == "-" || digits.first == "+" { negative = digits.removeFirst() == "-" }
        guard let first = digits.first, first.isASCII, first.isNumber else { return nil }
        let magnitude: Int?
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
            magnitude = digits.dropFirst(2).first == "+" ? nil : Int(digits.dropFirst(2), radix: 16)
        } else {
            magnitude = Int(digits, radix: first == "0" ? 8 : 10)
        }
        guard let magnitude, let value = Int32(exactly: negative ? -magnitude : magnitude) else { return nil }
        return Int(value)
    }
}

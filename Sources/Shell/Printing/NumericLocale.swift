internal import Glibc

/// Digit groups and decimal point of the locale, for `\pset numericlocale`.
struct NumericLocale: Sendable, Equatable {
    var decimalPoint: String
    var thousandsSeparator: String
    var groupDigits: Int

    /// LC_NUMERIC's, with psql's stand-ins for what the locale leaves empty.
    static var current: NumericLocale {
        var decimal = ""
        var separator = ""
        var digits = 0
        // localeconv's block is the C library's own and is read before any other call.
        if let conventions = unsafe localeconv() {
            if let text = unsafe conventions.pointee.decimal_point { decimal = unsafe String(cString: text) }
            if let text = unsafe conventions.pointee.thousands_sep { separator = unsafe String(cString: text) }
            if let groups = unsafe conventions.pointee.grouping { digits = unsafe Int(groups.pointee) }
        }
        if decimal.isEmpty { decimal = "." }
        if separator.isEmpty { separator = decimal == "," ? "." : "," }
        return NumericLocale(
            decimalPoint: decimal, thousandsSeparator: separator, groupDigits: (1...6).contains(digits) ? digits : 3)
    }

    /// The number with its groups; text that is not a number (money has its locale already) as it is.
    func format(_ text: Span<UInt8>) -> [UInt8] {
        var original: [UInt8] = []
        original.reserveCapacity(text.count)
        for index in text.indices { original.append(text[index]) }
        guard original.allSatisfy({ Self.numeric.contains($0) }) else { return original }

        let sign = original.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } == true ? 1 : 0
        let digits = original.dropFirst(sign).prefix { (0x30...0x39).contains($0) }
        var result = Array(original.prefix(sign))
        for (offset, digit) in digits.enumerated() {
            if offset > 0 && (digits.count - offset) % groupDigits == 0 {
                result.append(contentsOf: thousandsSeparator.utf8)
            }
            result.append(digit)
        }
        var rest = original.dropFirst(sign + digits.count)
        if rest.first == UInt8(ascii: ".") {
            result.append(contentsOf: decimalPoint.utf8)
            rest = rest.dropFirst()
        }
        return result + rest
    }

    private static let numeric = Set("0123456789+-.eE".utf8)
}

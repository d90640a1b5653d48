/// A number of bytes, written as PostgreSQL writes memory settings (manual, 20.1.1): a number and one of B, kB, MB, GB, TB,
/// each 1024 times the one before; without a unit, bytes.
public struct ByteSize: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var bytes: Int

    public init(_ bytes: Int) { self.bytes = bytes }

    /// Nil for anything but a number from 0 with a known unit, or where the result does not fit.
    public init?(_ text: String) {
        let number = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let unit = text.dropFirst(number.count).drop { $0 == " " }
        guard number.first?.isNumber == true, number.last?.isNumber == true,
            let power = unit.isEmpty ? 0 : Self.units.firstIndex(of: String(unit))
        else { return nil }
        let factor = 1 << (10 * power)
        if let whole = Int(number) {
            let (product, overflow) = whole.multipliedReportingOverflow(by: factor)
            guard !overflow else { return nil }
            bytes = product
        } else {
            guard let fraction = Double(number), let product = Int(exactly: (fraction * Double(factor)).rounded())
            else {
                return nil
            }
            bytes = product
        }
    }

    static let units = ["B", "kB", "MB", "GB", "TB"]

    /// In the largest unit that divides it.
    public var description: String {
        var number = bytes
        var power = 0
        while number != 0, number % 1024 == 0, power < Self.units.count - 1 {
            number /= 1024
            power += 1
        }
        return "\(number)\(Self.units[power])"
    }

    public static func < (left: ByteSize, right: ByteSize) -> Bool { left.bytes < right.bytes }
}

import Glibc

/// `\timing` (common.c, PrintTiming).
enum Timing {
    /// Milliseconds; from a second on also minutes, from an hour on hours, from a day on days.
    static func describe(milliseconds: Double) -> String {
        let plain = "Time: \(fixed(milliseconds)) ms"
        guard milliseconds >= 1000 else { return plain + "\n" }
        let seconds = milliseconds / 1000
        let minutes = (seconds / 60).rounded(.down)
        let clock = padded(fixed(seconds - 60 * minutes), 6)
        if minutes < 60 { return "\(plain) (\(padded(Int(minutes))):\(clock))\n" }
        let hours = (minutes / 60).rounded(.down)
        let rest = "\(padded(Int(minutes - 60 * hours))):\(clock)"
        if hours < 24 { return "\(plain) (\(padded(Int(hours))):\(rest))\n" }
        let days = (hours / 24).rounded(.down)
        return "\(plain) (\(Int(days)) d \(padded(Int(hours - 24 * days))):\(rest))\n"
    }

    /// Three digits after the point.
    private static func fixed(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded(.toNearestOrEven))
        return "\(thousandths / 1000)." + padded(String(thousandths % 1000), 3)
    }

    private static func padded(_ number: Int) -> String { padded(String(number), 2) }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

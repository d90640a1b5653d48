internal import Postgres

/// A stretch of time as people read it, in its two largest units: `45 s`, `12 min 30 s`, `3 h 5 min`, `2 d 4 h`.
func durationText(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e10 else { return "over 300 years" }
    let whole = Int(max(0, seconds).rounded())
    if whole < 60 { return "\(whole) s" }
    let parts =
        whole < 3600
        ? [(whole / 60, "min"), (whole % 60, "s")]
        : whole < 86_400
            ? [(whole / 3600, "h"), (whole % 3600 / 60, "min")] : [(whole / 86_400, "d"), (whole % 86_400 / 3600, "h")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
}

/// A rate in bytes a second: `+120 kB/s`.
func rateText(_ bytesPerSecond: Double, signed: Bool = false) -> String {
    let bytes = Int(bytesPerSecond.rounded())
    return (signed && bytes > 0 ? "+" : "") + byteText(bytes) + "/s"
}

/// The pauses between attempts: 1 s, doubled each time, 30 s at most; from the start again after an attempt that got far.
struct Backoff {
    /// Seconds.
    static let longest = 30
    private var next = 1

    /// Seconds to wait before the next attempt.
    mutating func pause(afterProgress: Bool) -> Int {
        if afterProgress { next = 1 }
        defer { next = min(next * 2, Self.longest) }
        return next
    }
}

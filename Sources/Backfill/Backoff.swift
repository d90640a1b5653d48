/// The pauses between attempts: 1 s, doubled each time, 30 s at most; from the start again after an attempt that got far.
struct Backoff {
    private var next = 1

    /// Seconds to wait before the next attempt.
    mutating func pause(afterProgress: Bool) -> Int {
        if afterProgress { next = 1 }
        defer { next = min(next * 2, 30) }
        return next
    }
}

/// A token bucket that may go into debt: tokens are taken out after a row was read, however large it is, and the reader
/// waits until the debt is paid. So the rate holds over any stretch of time, and nothing is refused.
///
/// A full bucket holds the amount that a second may take above the rate: in any one second at most `burst` times the
/// rate is taken, and the last row. Times are seconds of one clock.
struct ThrottleBucket {
    /// Tokens a second.
    private(set) var rate: Double
    private(set) var capacity: Double
    /// Negative: a debt.
    private(set) var tokens: Double
    private var last: Double

    init(rate: Double, burst: Double, at now: Double) {
        self.rate = rate
        capacity = rate * max(0, burst - 1)
        tokens = capacity
        last = now
    }

    mutating func take(_ count: Double, at now: Double) {
        refill(at: now)
        tokens -= count
    }

    /// Seconds until the debt is paid; 0 without one.
    mutating func delay(at now: Double) -> Double {
        refill(at: now)
        return tokens < 0 ? -tokens / rate : 0
    }

    /// Another rate from now on. A debt stays as long as it was, in seconds: rows that were read under the old rate are
    /// paid at the old price.
    mutating func set(rate new: Double, burst: Double, at now: Double) {
        refill(at: now)
        if tokens < 0 { tokens *= new / rate }
        rate = new
        capacity = new * max(0, burst - 1)
        tokens = min(tokens, capacity)
    }

    private mutating func refill(at now: Double) {
        // A clock that stands still or goes back pays nothing.
        guard now > last else { return }
        tokens = min(capacity, tokens + (now - last) * rate)
        last = now
    }
}

/// The two limits of the copy together: a reader waits for the slower one.
struct ThrottleBuckets {
    private var rows: ThrottleBucket?
    private var bytes: ThrottleBucket?

    /// Rates a second; nil takes a limit away.
    mutating func set(rows rowRate: Double?, bytes byteRate: Double?, burst: Double, at now: Double) {
        Self.set(&rows, rowRate, burst, now)
        Self.set(&bytes, byteRate, burst, now)
    }

    private static func set(_ bucket: inout ThrottleBucket?, _ rate: Double?, _ burst: Double, _ now: Double) {
        guard let rate else {
            bucket = nil
            return
        }
        if bucket == nil {
            bucket = ThrottleBucket(rate: rate, burst: burst, at: now)
        } else {
            bucket?.set(rate: rate, burst: burst, at: now)
        }
    }

    mutating func take(rows rowCount: Int, bytes byteCount: Int, at now: Double) {
        rows?.take(Double(rowCount), at: now)
        bytes?.take(Double(byteCount), at: now)
    }

    mutating func delay(at now: Double) -> Double {
        max(rows?.delay(at: now) ?? 0, bytes?.delay(at: now) ?? 0)
    }

    /// How much may be read between two checks of the buckets: a fiftieth of a second's worth, so that no reader gets
    /// far ahead; without a limit as much as `unlimited`.
    func quantum(unlimitedBytes unlimited: Int) -> (rows: Int, bytes: Int) {
        (
            rows.map { max(1, Int($0.rate / 50)) } ?? .max,
            bytes.map { min(unlimited, max(1, Int($0.rate / 50))) } ?? unlimited
        )
    }
}

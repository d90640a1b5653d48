import Testing

@testable import Backfill

@Suite struct ThrottleBucketTests {
    /// Takes `quantum` tokens again and again, as soon as they may be; returns when and how much.
    private func run(
        _ bucket: inout ThrottleBucket, quantum: Double, from start: Double, to end: Double
    ) -> [(time: Double, tokens: Double)] {
        var now = start
        var taken: [(time: Double, tokens: Double)] = []
        while true {
            // Nothing is read in no time.
            now += 0.001 + bucket.delay(at: now)
            if now >= end { return taken }
            bucket.take(quantum, at: now)
            taken.append((now, quantum))
        }
    }

    @Test(arguments: [(100.0, 1.0, 2.0), (1000, 2, 20), (50_000, 4, 1000), (10, 1.5, 1)])
    func theRateHolds(_ rate: Double, _ burst: Double, _ quantum: Double) {
        var bucket = ThrottleBucket(rate: rate, burst: burst, at: 0)
        let taken = run(&bucket, quantum: quantum, from: 0, to: 20)
        let total = taken.reduce(0) { $0 + $1.tokens }
        #expect(total <= rate * (20 + burst - 1) + quantum)
        #expect(total >= rate * 19)
        for start in 0..<19 {
            let second = taken.filter { $0.time >= Double(start) && $0.time < Double(start) + 1 }
            #expect(second.reduce(0) { $0 + $1.tokens } <= rate * burst + quantum)
        }
    }

    @Test func aRowLargerThanASecondIsPaidAfterwards() {
        var bucket = ThrottleBucket(rate: 100, burst: 1, at: 0)
        bucket.take(1000, at: 0)
        #expect(bucket.delay(at: 0) == 10)
        #expect(bucket.delay(at: 4) == 6)
        #expect(bucket.delay(at: 10) == 0)
    }

    @Test func aClockThatGoesBackPaysNothing() {
        var bucket = ThrottleBucket(rate: 10, burst: 1, at: 5)
        bucket.take(10, at: 5)
        #expect(bucket.delay(at: 3) == 1)
        #expect(bucket.delay(at: 5.5) == 0.5)
    }

    /// Whoever read fast before the limit came down is not held up for the difference.
    @Test func aDebtKeepsItsTimeWhenTheRateChanges() {
        var bucket = ThrottleBucket(rate: 1_000_000, burst: 1, at: 0)
        bucket.take(20_000, at: 0)
        bucket.set(rate: 10, burst: 1, at: 0)
        #expect(abs(bucket.delay(at: 0) - 0.02) < 1e-9)
        bucket.set(rate: 1_000_000, burst: 1, at: 0)
        #expect(abs(bucket.delay(at: 0) - 0.02) < 1e-9)
    }

    @Test func theSlowerLimitDecides() {
        var buckets = ThrottleBuckets()
        #expect(buckets.delay(at: 0) == 0)
        buckets.set(rows: 10, bytes: 1000, burst: 1, at: 0)
        buckets.take(rows: 1, bytes: 500, at: 0)
        #expect(buckets.delay(at: 0) == 0.5)
        buckets.take(rows: 9, bytes: 0, at: 0)
        #expect(buckets.delay(at: 0) == 1)
        buckets.set(rows: nil, bytes: nil, burst: 1, at: 0)
        #expect(buckets.delay(at: 0) == 0)
    }

    @Test func aQuantumIsAFiftiethOfASecond() {
        var buckets = ThrottleBuckets()
        #expect(buckets.quantum(unlimitedBytes: 100) == (.max, 100))
        buckets.set(rows: 1000, bytes: Double(1 << 30), burst: 2, at: 0)
        #expect(buckets.quantum(unlimitedBytes: 1 << 20) == (20, 1 << 20))
        buckets.set(rows: 3, bytes: 20, burst: 2, at: 0)
        #expect(buckets.quantum(unlimitedBytes: 1 << 20) == (1, 1))
    }
}

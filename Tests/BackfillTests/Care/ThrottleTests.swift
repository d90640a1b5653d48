import Catalog
import Foundation
import Job
import Libpq
import Synchronization
import Testing

@testable import Backfill

@Suite struct ThrottleTests {
    /// A clock that goes on by a step each time it is read, so that no wait takes long.
    private final class SteppingClock: Sendable {
        private let time: Mutex<Double>
        private let step: Double
        init(step: Double) {
            self.step = step
            time = Mutex(0)
        }
        func read() -> Double {
            time.withLock { time in
                time += step
                return time
            }
        }
        var now: Double { time.withLock { $0 } }
    }

    /// All workers together keep the rate, by the clock that they see.
    @Test func workersShareOneRate() throws {
        let clock = SteppingClock(step: 0.05)
        let throttle = try Throttle(ThrottleSettings(isEnabled: true, rowsPerSecond: 1000, burst: 1)) { clock.read() }
        let interrupt = try Interrupt()
        let workers = try (0..<4).map { number in
            try Worker("worker \(number)") {
                var meter = ThrottleMeter(throttle, interrupt: interrupt)
                for _ in 0..<500 { _ = try? meter.count(bytes: 100) }
                try? meter.settle()
            }
        }
        for worker in workers { #expect(worker.join(milliseconds: 60_000)) }
        // 2000 rows take two seconds at least.
        #expect(clock.now >= 2)
    }

    @Test func withoutLimitsNothingIsDue() throws {
        let throttle = try Throttle(.off)
        #expect(!throttle.isDue(rows: .max - 1, bytes: .max - 1))
        #expect(throttle.set(ThrottleSettings(isEnabled: true, bytesPerSecond: 5000)))
        #expect(throttle.isDue(rows: 0, bytes: 100))
        #expect(!throttle.set(ThrottleSettings(isEnabled: true, bytesPerSecond: 5000)))
        #expect(throttle.status.currentBytesPerSecond == 5000 && throttle.status.currentRowsPerSecond == nil)
        // To adapt, it must know what is taken.
        #expect(throttle.set(ThrottleSettings(isEnabled: true, isAdaptive: true)))
        #expect(!throttle.isDue(rows: 100_000, bytes: 100_000) && throttle.isDue(rows: 0, bytes: 1 << 20))
    }

    @Test func aWaitEndsWhenTheLimitIsLifted() throws {
        let throttle = try Throttle(ThrottleSettings(isEnabled: true, rowsPerSecond: 1, burst: 1))
        let interrupt = try Interrupt()
        let worker = try Worker("worker") { try? throttle.take(rows: 100_000, bytes: 0, interrupt: interrupt) }
        _ = throttle.set(.off)
        #expect(worker.join(milliseconds: 60_000))
    }

    @Test func aWaitEndsWithTheInterrupt() throws {
        let throttle = try Throttle(ThrottleSettings(isEnabled: true, rowsPerSecond: 1, burst: 1))
        let interrupt = try Interrupt()
        interrupt.fire()
        #expect(throws: Interrupt.error) { try throttle.take(rows: 100_000, bytes: 0, interrupt: interrupt) }
    }

    @Test func givesWayAndComesBack() throws {
        let time = Mutex(0.0)
        let settings = ThrottleSettings(isEnabled: true, rowsPerSecond: 1000, burst: 1, isAdaptive: true)
        let throttle = try Throttle(settings) { time.withLock { $0 } }
        var transactions = 0
        func sample(sessions: Int, rows: Int) throws -> Throttle.Change {
            time.withLock { $0 += 1 }
            transactions += 1000
            try throttle.take(rows: rows, bytes: 0, interrupt: Interrupt())
            return throttle.take(
                ServerLoad(taken: time.withLock { $0 }, activeSessions: sessions, transactions: transactions))
        }
        // Its copy begins with the samples that it waits for.
        let copy = try Worker("copy") { try? throttle.begin(Interrupt()) }
        #expect(Wait.until(throttle.begun, milliseconds: 60_000) == .ready)
        for _ in 0..<3 { #expect(try sample(sessions: 4, rows: 0) == .none) }
        #expect(copy.join(milliseconds: 60_000))
        var changes: [Throttle.Change] = []
        for _ in 0..<8 { changes.append(try sample(sessions: 40, rows: 0)) }
        let reported = changes.filter { $0 != .none }
        #expect(reported.count == 1)
        guard case .slower(let reason) = reported.first else { return }
        #expect(reason.contains("sessions at work"))
        #expect(throttle.status.share < 1 && throttle.status.reason != nil)
        #expect(throttle.status.causes.contains(.sessions) && !throttle.status.causes.contains(.replicaLag))
        #expect(throttle.status.currentRowsPerSecond ?? 0 < 1000)
        changes = []
        for _ in 0..<60 { changes.append(try sample(sessions: 4, rows: 0)) }
        #expect(changes.filter { $0 != .none } == [.atFullSpeed])
        #expect(throttle.status.currentRowsPerSecond == 1000 && throttle.status.reason == nil)
        throttle.end()
    }

    @Test func theStatusIsReadBack() throws {
        let throttle = try Throttle(
            ThrottleSettings(isEnabled: true, rowsPerSecond: 10, bytesPerSecond: nil, isAdaptive: true))
        let data = try JSONEncoder().encode(throttle.status)
        #expect(try JSONDecoder().decode(ThrottleStatus.self, from: data) == throttle.status)
        let keys = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        #expect(
            keys.keys.sorted() == [
                "adaptive", "burst_multiplier", "bytes_per_second", "causes", "current_bytes_per_second",
                "current_rows_per_second", "enabled", "not_visible", "reason", "rows_per_second", "share",
            ])
    }
}

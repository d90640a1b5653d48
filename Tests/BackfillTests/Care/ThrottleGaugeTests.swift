import Catalog
import Testing

@testable import Backfill

@Suite struct ThrottleShareTests {
    /// `s` suffers, `.` is calm; the share after each step in per cent.
    @Test(arguments: [
        ("...", 1.0, [100, 100, 100]),
        ("s..", 1, [50, 50, 50]),
        ("s......", 1, [50, 50, 50, 55, 60, 65, 70]),
        // The effect of one step shows late.
        ("sssssss", 1, [50, 50, 50, 25, 25, 25, 13]),
        ("ssssssssssssssssss", 1, [50, 50, 50, 25, 25, 25, 13, 13, 13, 6, 6, 6, 5, 5, 5, 5, 5, 5]),
        // Half of what is taken, not of what might be.
        ("s.", 0.2, [10, 10]),
        ("s...s", 1, [50, 50, 50, 55, 28]),
    ])
    func steps(_ steps: String, _ usage: Double, _ shares: [Int]) {
        var share = ThrottleShare()
        let seen = steps.map { step -> Int in
            share.step(suffers: step == "s", usage: min(usage, share.value))
            return Int((share.value * 100).rounded())
        }
        #expect(seen == shares)
    }

    @Test func itComesBackToAll() {
        var share = ThrottleShare()
        for _ in 0..<20 { share.step(suffers: true, usage: 1) }
        #expect(share.isAtFloor)
        for _ in 0..<40 { share.step(suffers: false, usage: 1) }
        #expect(share.value == 1)
    }
}

@Suite struct ThrottleGaugeTests {
    /// Samples, one second apart, of a source with so many sessions at work and transactions a second.
    private struct Source {
        var gauge = ThrottleGauge()
        var taken = 1000.0
        var transactions = 5_000_000
        var checkpoints = 7
        var writes = 100

        mutating func sample(
            sessions: Int? = 4, rate: Int = 1000, lag: Int? = nil, isCopying: Bool = true, isAtFloor: Bool = false,
            showsOthers: Bool = true
        ) -> [ThrottleReason] {
            taken += 1
            transactions += rate
            return gauge.take(
                ServerLoad(
                    taken: taken, activeSessions: sessions, transactions: transactions, replicaLag: lag,
                    requestedCheckpoints: checkpoints, backendWrites: writes, showsOthers: showsOthers),
                isCopying: isCopying, isAtFloor: isAtFloor)
        }

        init(sessions: Int? = 4, rate: Int = 1000, lag: Int? = nil, showsOthers: Bool = true) {
            for _ in 0..<4 {
                _ = sample(sessions: sessions, rate: rate, lag: lag, isCopying: false, showsOthers: showsOthers)
            }
        }
    }

    @Test func threeLooksAreABaseline() {
        var gauge = ThrottleGauge()
        for time in 0..<3 {
            #expect(!gauge.isReady)
            _ = gauge.take(
                ServerLoad(taken: Double(time), activeSessions: 1, transactions: 0), isCopying: false, isAtFloor: false)
        }
        #expect(gauge.isReady)
    }

    @Test func asBeforeIsCalm() {
        var source = Source()
        for sessions in [4, 5, 3, 4, 5, 4] { #expect(source.sample(sessions: sessions).isEmpty) }
    }

    @Test func moreSessionsAtWork() {
        var source = Source()
        var reasons: [ThrottleReason] = []
        for _ in 0..<5 { reasons = source.sample(sessions: 12, rate: 3000) }
        #expect(reasons.count == 1 && reasons[0].text.contains("sessions at work, 4 before the copy"))
    }

    /// With a fixed number of clients only their time shows.
    @Test func longerTransactions() {
        var source = Source(sessions: 8, rate: 2000)
        var reasons: [ThrottleReason] = []
        for _ in 0..<5 { reasons = source.sample(sessions: 8, rate: 1200) }
        #expect(reasons.count == 1 && reasons[0].text.contains("ms a transaction, 4.0 ms before the copy"))
        for _ in 0..<8 { reasons = source.sample(sessions: 8, rate: 2000) }
        #expect(reasons.isEmpty)
    }

    @Test func anIdleSourceIsCalm() {
        var source = Source(sessions: 0, rate: 1)
        for sessions in [0, 1, 0, 2, 0] { #expect(source.sample(sessions: sessions, rate: 2).isEmpty) }
    }

    @Test func aStandbyLags() {
        var source = Source(lag: 1 << 20)
        #expect(source.sample(lag: 60 << 20).isEmpty)
        var reasons: [ThrottleReason] = []
        for _ in 0..<5 { reasons = source.sample(lag: 400 << 20) }
        #expect(reasons.count == 1 && reasons[0].text.hasPrefix("a standby lags by "))
    }

    @Test func aCheckpointBeforeItsTimeCountsForAWhile() {
        var source = Source()
        source.checkpoints += 1
        let seen = (0..<12).map { _ in source.sample().isEmpty }
        #expect(seen == Array(repeating: false, count: 10) + [true, true])
    }

    @Test func sessionsWriteThemselves() {
        var source = Source()
        var reasons: [ThrottleReason] = []
        for _ in 0..<4 {
            source.writes += 5000
            reasons = source.sample()
        }
        #expect(reasons.count == 1 && reasons[0].text.contains("pages a second themselves"))
    }

    @Test func countersThatBeginAnewSayNothing() {
        var source = Source()
        source.transactions = 0
        source.checkpoints = 0
        source.writes = 0
        #expect(source.sample().isEmpty)
    }

    @Test func whatIsHiddenIsSaid() {
        var source = Source(sessions: nil, showsOthers: false)
        #expect(source.sample(sessions: nil, showsOthers: false).isEmpty)
        #expect(source.gauge.notVisible == ["active sessions", "replica lag"])
    }

    /// At its slowest the copy is hardly the cause; the source has become busier by itself.
    @Test func theBaselineFollowsAtTheFloor() {
        var source = Source()
        for _ in 0..<5 { _ = source.sample(sessions: 20, rate: 5000) }
        #expect(!source.sample(sessions: 20, rate: 5000).isEmpty)
        for _ in 0..<60 { _ = source.sample(sessions: 20, rate: 5000, isAtFloor: true) }
        #expect(source.sample(sessions: 20, rate: 5000, isAtFloor: true).isEmpty)
    }
}

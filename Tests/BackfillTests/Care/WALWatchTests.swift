import Catalog
import Job
import Postgres
import Testing

@testable import Backfill

@Suite struct WALWatchTests {
    private static let megabyte = 1 << 20

    private func slot(
        _ retained: Int?, _ status: ReplicationSlot.WALStatus? = nil, safe: Int? = nil, lost: Bool = false
    ) -> ReplicationSlot {
        ReplicationSlot(
            name: "s", plugin: "pgoutput", isLogical: true, database: "d", isTemporary: false, isActive: false,
            holder: nil, restartLSN: nil, confirmedFlushLSN: nil, walStatus: lost ? .lost : status, safeWALSize: safe,
            retainedBytes: retained, lagBytes: nil, isTwoPhase: false, invalidationReason: nil)
    }

    private func watch(_ action: WALMonitorSettings.CriticalAction = .warn) -> WALWatch {
        WALWatch(
            WALMonitorSettings(warning: 100 * Self.megabyte, critical: 500 * Self.megabyte, onCritical: action),
            slot: "s")
    }

    /// The report of each sample in megabytes: the level's first letter where it is reported, `-` where nothing is.
    @Test(arguments: [
        ([0, 50, 99, 100, 101, 150], "---w--"),
        // A slot that hovers at a threshold is reported once.
        ([100, 99, 100, 81, 100], "w----"),
        ([100, 79, 100], "wnw"),
        ([100, 500, 499, 401, 500, 399, 500], "wc---nc"),
        ([600, 450, 390, 90, 70, 600], "c-n-nc"),
        // From critical to nothing in one step.
        ([600, 0, 0], "cn-"),
    ])
    func thresholds(_ samples: [Int], _ reported: String) {
        var watch = watch()
        let text = samples.map { sample -> String in
            let events = watch.take(slot(sample * Self.megabyte)).events
            guard let event = events.first else { return "-" }
            return event.severity == .log ? "n" : event.message.contains("_critical") ? "c" : "w"
        }
        #expect(text.joined() == reported)
    }

    @Test(arguments: [
        (WALMonitorSettings.CriticalAction.warn, [100, 600, 700], [WALWatch.Action.nothing, .nothing, .nothing]),
        (.stop, [100, 600, 700], [.nothing, .stop, .nothing]),
        // The engine was started in spite of it.
        (.stop, [600, 700, 300, 600], [.nothing, .nothing, .nothing, .stop]),
        (.dropSlot, [100, 600, 700], [.nothing, .drop, .nothing]),
        (.dropSlot, [600, 700], [.drop, .nothing]),
    ])
    func actions(_ setting: WALMonitorSettings.CriticalAction, _ samples: [Int], _ actions: [WALWatch.Action]) {
        var watch = watch(setting)
        #expect(samples.map { watch.take(slot($0 * Self.megabyte)).action } == actions)
    }

    /// A slot that the engine made itself was not there before it.
    @Test func aSlotThatCameLaterIsNotExcused() {
        var watch = watch(.stop)
        _ = watch.take(nil)
        #expect(watch.take(slot(600 * Self.megabyte)).action == .stop)
    }

    @Test func whatMayNotBeDoneYetWaits() {
        var watch = watch(.dropSlot)
        #expect(watch.take(slot(600 * Self.megabyte), mayAct: false).action == .nothing)
        #expect(watch.take(slot(600 * Self.megabyte), mayAct: true).action == .drop)
    }

    @Test func statusIsToldAsItGetsWorse() {
        var watch = watch()
        let samples: [(ReplicationSlot, String?)] = [
            (slot(10, .reserved, safe: 100), nil),
            (slot(20, .extended, safe: 90), "WARNING extended"),
            (slot(18, .reserved, safe: 92), nil),
            (slot(20, .extended, safe: 90), nil),
            (slot(110, .unreserved), "WARNING unreserved"),
            (slot(20, .extended, safe: 90), nil),
            (slot(2, .reserved, safe: 98), nil),
            (slot(20, .extended), "LOG extended"),
        ]
        for (sample, reported) in samples {
            let events = watch.take(sample).events
            let words = events.first.map {
                "\($0.severity.rawValue) \($0.message.contains("unreserved") ? "unreserved" : "extended")"
            }
            #expect(words == reported)
        }
    }

    @Test func theServersLimitIsToldEarly() {
        var watch = watch()
        let reported = [100, 21, 19, 15, 24, 19, 60, 19].map { safe in
            !watch.take(slot(100 - safe, .reserved, safe: safe)).events.isEmpty
        }
        #expect(reported == [false, false, true, false, false, false, false, true])
    }

    @Test func aLostSlotEndsTheEngineWhateverTheSetting() {
        for setting in WALMonitorSettings.CriticalAction.allCases {
            var watch = watch(setting)
            _ = watch.take(slot(10))
            #expect(watch.take(slot(nil, lost: true)).action == .lost)
            #expect(watch.take(slot(nil, lost: true)).action == .nothing)
        }
    }

    @Test func aSlotThatVanishesIsToldOnce() {
        var watch = watch()
        #expect(watch.take(nil).events.isEmpty)
        _ = watch.take(slot(10))
        #expect(watch.take(nil).events.map(\.severity) == [.warning])
        #expect(watch.take(nil).events.isEmpty)
    }
}

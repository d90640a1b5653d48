import Glibc
import Testing

// Crashes, at any moment.
extension StreamPositionsTests {
    /// Orders of messages, crashes, restarts and copies beside the stream, chosen at random: no change is lost, none is applied
    /// twice. SCRY_TEST_SEED is the first seed, SCRY_TEST_RUNS how many there are.
    @Test func noOrderOfEventsLosesAChangeOrAppliesItTwice() {
        let first = Self.number("SCRY_TEST_SEED") ?? 1
        let runs = Self.number("SCRY_TEST_RUNS") ?? 2000
        var seen = StreamModel.Figures()
        for seed in first..<first + runs {
            var model = StreamModel(seed: UInt64(seed))
            if let fault = model.run() { Issue.record("seed \(seed): \(fault)") }
            seen.add(model.figures)
        }
        // What a run is for has come about.
        #expect(seen.crashes > runs && seen.copies > runs, "\(seen)")
        #expect(seen.lostCommits > runs / 10 && seen.repeated > runs / 10, "\(seen)")
    }

    /// The model finds what it is made to find.
    @Test(arguments: StreamModel.Fault.allCases)
    func aPlantedFaultIsFound(_ fault: StreamModel.Fault) {
        let found = (1...400).contains { seed in
            var model = StreamModel(seed: UInt64(seed), fault: fault)
            return model.run() != nil
        }
        #expect(found, "\(fault)")
    }

    private static func number(_ name: String) -> Int? {
        unsafe getenv(name).flatMap { unsafe Int(String(cString: $0)) }
    }
}

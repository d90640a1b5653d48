import Libpq
import Postgres
import Testing

@Suite struct SignalTests {
    @Test func itStaysFiredUntilItIsCleared() throws {
        let signal = try Signal()
        #expect(!signal.isFired && Wait.until(signal, milliseconds: 0) == .timedOut)
        // More than the pipe holds: firing never waits.
        for _ in 0..<100_000 { signal.fire() }
        #expect(Wait.until(signal) == .ready && signal.isFired)
        signal.clear()
        #expect(!signal.isFired)
    }

    @Test func aWaitEndsWithTheInterrupt() throws {
        let (signal, interrupt) = (try Signal(), try Interrupt())
        interrupt.fire()
        #expect(Wait.until(signal, interrupt: interrupt) == .interrupted)
    }

    @Test func anotherThreadFiresIt() throws {
        let signal = try Signal()
        let worker = try Worker("fires") { signal.fire() }
        #expect(Wait.until(signal, milliseconds: 60_000) == .ready)
        worker.join()
        #expect(worker.hasEnded)
    }
}

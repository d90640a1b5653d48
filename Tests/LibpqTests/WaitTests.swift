import Glibc
import Libpq
import Testing

@Suite struct WaitTests {
    @Test func itEndsWithTheLimitTheInterruptOrADescriptor() throws {
        let (one, other) = (try Interrupt(), try Interrupt())
        #expect(Wait.poll([], interrupt: nil, milliseconds: 0) == .timedOut)
        #expect(Wait.poll([(one.readDescriptor, false)], interrupt: other, milliseconds: 10) == .timedOut)
        #expect(Wait.poll([(one.readDescriptor, false)], interrupt: other, milliseconds: -5) == .timedOut)
        one.fire()
        #expect(Wait.poll([(one.readDescriptor, false)], interrupt: other, milliseconds: nil) == .ready)
        #expect(Wait.poll([(one.writeDescriptor, true)], interrupt: other, milliseconds: nil) == .ready)
        other.fire()
        // An interrupt goes before what is ready.
        #expect(Wait.poll([(one.readDescriptor, false)], interrupt: other, milliseconds: nil) == .interrupted)
        #expect(Wait.poll([(-1, true)], interrupt: other, milliseconds: nil) == .interrupted)
    }
}

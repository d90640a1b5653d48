import Glibc
public import Postgres

/// A wait for descriptors, and how it ended.
public struct Wait {
    public enum Outcome: Sendable { case ready, interrupted, timedOut }

    /// Waits until one of the descriptors is readable (or, where `writable` says so, writable), the interrupt is fired or
    /// `milliseconds` have passed; nil waits without limit. Signals do not end it.
    public static func poll(
        _ descriptors: [(descriptor: Int32, writable: Bool)], interrupt: Interrupt?, milliseconds: Int?
    ) -> Outcome {
        var entries: [pollfd] = []
        entries.reserveCapacity(descriptors.count + 1)
        for entry in descriptors {
            let events = entry.writable ? Int16(POLLIN | POLLOUT) : Int16(POLLIN)
            entries.append(pollfd(fd: entry.descriptor, events: events, revents: 0))
        }
        if let interrupt {
            entries.append(pollfd(fd: interrupt.readDescriptor, events: Int16(POLLIN), revents: 0))
        }
        let start = ContinuousClock.now
        while true {
            var left: Int32 = -1
            if let milliseconds {
                let passed = start.duration(to: .now) / .milliseconds(1)
                left = Int32(clamping: max(0, milliseconds - Int(passed)))
            }
            let count = unsafe Glibc.poll(&entries, nfds_t(entries.count), left)
            if count > 0 {
                if interrupt != nil, let last = entries.last, last.revents != 0 { return .interrupted }
                return .ready
            }
            if count == 0 { return .timedOut }
        }
    }

    /// Waits until the signal is fired; it stays so.
    ///
    /// - Parameter milliseconds: nil waits without limit.
    @discardableResult
    public static func until(_ signal: Signal, interrupt: Interrupt? = nil, milliseconds: Int? = nil) -> Outcome {
        poll([(signal.readDescriptor, false)], interrupt: interrupt, milliseconds: milliseconds)
    }

    /// Lets time pass.
    ///
    /// Throws the interruption.
    public static func pause(milliseconds: Int, interrupt: Interrupt) throws(PostgresError) {
        if poll([], interrupt: interrupt, milliseconds: milliseconds) == .interrupted { throw Interrupt.error }
    }
}

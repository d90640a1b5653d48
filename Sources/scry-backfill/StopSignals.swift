import Glibc
import Libpq
import Synchronization

/// SIGTERM and SIGINT as a request to stop.
enum StopSignals {
    private static let descriptor = Atomic<Int32>(-1)

    /// The first of them fires `interrupt`, and gives both back their default, so that the second ends the process. A reader
    /// of the log that is gone shows as a failed write.
    static func fire(_ interrupt: Interrupt) {
        descriptor.store(interrupt.writeDescriptor, ordering: .relaxed)
        for number in [SIGTERM, SIGINT] {
            _ = signal(number) { _ in
                // Both are async-signal-safe (POSIX, 2.4.3), and the atomic is lock-free.
                _ = signal(SIGTERM, SIG_DFL)
                _ = signal(SIGINT, SIG_DFL)
                var byte: UInt8 = 1
                _ = unsafe write(StopSignals.descriptor.load(ordering: .relaxed), &byte, 1)
            }
        }
        _ = signal(SIGPIPE, SIG_IGN)
    }
}

import Glibc
internal import Libpq
import Synchronization

/// Ctrl-C. The handler only notes it and fires the interrupt; every wait of the shell polls that, so that nothing is done
/// inside the handler. It has no SA_RESTART, so that a read from the terminal ends.
///
/// Ctrl-C is one flag, `isCancelled`, from the key to the next command. The interrupt is how it reaches a wait: whoever takes it
/// there clears the interrupt and goes on, with the flag still set.
enum Signals {
    /// True from a Ctrl-C until the shell is done with it.
    static var isCancelled: Bool { cancelPressed.load(ordering: .relaxed) }

    /// The shell is done with it: the next command begins without.
    static func clear(_ interrupt: Interrupt) {
        cancelPressed.store(false, ordering: .relaxed)
        interrupt.clear()
    }

    private static let cancelPressed = Atomic<Bool>(false)
    private static let interruptDescriptor = Atomic<Int32>(-1)

    /// Takes SIGINT over.
    static func install(_ interrupt: Interrupt) {
        // Both values must exist before the handler can run.
        cancelPressed.store(false, ordering: .relaxed)
        interruptDescriptor.store(interrupt.writeDescriptor, ordering: .relaxed)
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { _ in
            let saved = errno
            Signals.cancelPressed.store(true, ordering: .relaxed)
            var byte: UInt8 = 1
            // write(2) and lock-free atomics are async-signal-safe.
            _ = unsafe write(Signals.interruptDescriptor.load(ordering: .relaxed), &byte, 1)
            errno = saved
        }
        unsafe sigaction(SIGINT, &action, nil)
        // A reader that is gone shows as a failed write.
        _ = signal(SIGPIPE, SIG_IGN)
    }
}

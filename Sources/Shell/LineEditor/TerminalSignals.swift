internal import Glibc
internal import Libpq
internal import Postgres
import Synchronization

/// SIGWINCH and SIGCONT, noted by a handler that writes into a pipe, so that the line editor's wait sees them. libedit's
/// own handling (EL_SIGNAL) sends signals on to the whole process group and stays off.
enum TerminalSignals {
    private static let window = Atomic<Bool>(false)
    private static let continued = Atomic<Bool>(false)
    private static let pipe = Atomic<Int32>(-1)

    /// Installs the handlers; `wake` must live as long as the process takes signals.
    static func install(wake: Interrupt) {
        pipe.store(wake.writeDescriptor, ordering: .sequentiallyConsistent)
        for number in [SIGWINCH, SIGCONT] {
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = { number in
                // Calls only functions that signal-safety(7) allows: atomics and write(2), errno kept.
                let saved = errno
                if number == SIGWINCH {
                    TerminalSignals.window.store(true, ordering: .relaxed)
                } else {
                    TerminalSignals.continued.store(true, ordering: .relaxed)
                }
                var byte: UInt8 = 1
                _ = unsafe write(TerminalSignals.pipe.load(ordering: .relaxed), &byte, 1)
                errno = saved
            }
            unsafe sigemptyset(&action.sa_mask)
            unsafe sigaction(number, &action, nil)
        }
    }

    /// Back to the defaults, before the pipe goes.
    static func uninstall() {
        for number in [SIGWINCH, SIGCONT] { signal(number, SIG_DFL) }
        pipe.store(-1, ordering: .sequentiallyConsistent)
    }

    static func takeWindowChange() -> Bool { window.exchange(false, ordering: .relaxed) }
    static func takeContinuation() -> Bool { continued.exchange(false, ordering: .relaxed) }
}

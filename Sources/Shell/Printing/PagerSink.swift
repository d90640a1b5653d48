internal import Glibc

/// A pager, run by the shell with our output as its input: PSQL_PAGER, PAGER, or `pager`, as psql chooses.
final class PagerSink: TextSink {
    private let stream: OutputStream
    private var previousPipeHandler: __sighandler_t?
    private var isOpen = true

    /// Nil where the user wants none (an empty PAGER) or it cannot be started.
    init?() {
        guard let program = Self.program else { return nil }
        // A pager that is left early must not end the shell.
        let previous = signal(SIGPIPE, SIG_IGN)
        guard case .success(let stream) = OutputStream.open("|" + program) else {
            _ = signal(SIGPIPE, previous)
            return nil
        }
        self.stream = stream
        previousPipeHandler = previous
    }

    /// Nil where the environment names an empty one.
    private static var program: String? {
        guard let named = unsafe getenv("PSQL_PAGER") ?? getenv("PAGER") else { return "pager" }
        let name = unsafe String(cString: named)
        return name.allSatisfy { " \t\r\n".contains($0) } ? nil : name
    }

    deinit { close(interrupted: false) }

    func write(_ bytes: UnsafeRawBufferPointer) { unsafe stream.write(bytes) }

    /// Waits until the user leaves the pager. `interrupted` says at the end of the output that it is cut short.
    func close(interrupted: Bool) {
        guard isOpen else { return }
        isOpen = false
        if interrupted { write("Interrupted\n") }
        stream.close()
        _ = signal(SIGPIPE, previousPipeHandler)
    }

    var screen: Screen? { Screen(descriptor: 1) }
    var isPager: Bool { true }
}

internal import Glibc

/// A pager, run by the shell with our output as its input: PSQL_PAGER, PAGER, or `pager`, as psql chooses.
@safe final class PagerSink: TextSink {
    /// popen's stream, closed by `close()`.
    private var stream: UnsafeMutablePointer<FILE>?
    private var previousPipeHandler: __sighandler_t?

    /// Nil where the user wants none (an empty PAGER) or it cannot be started.
    init?() {
        guard let program = Self.program else { return nil }
        // A pager that is left early must not end the shell.
        previousPipeHandler = signal(SIGPIPE, SIG_IGN)
        guard let stream = unsafe popen(program, "w") else {
            restorePipeHandler()
            return nil
        }
        unsafe self.stream = stream
    }

    /// Nil where the environment names an empty one.
    private static var program: String? {
        guard let named = unsafe getenv("PSQL_PAGER") ?? getenv("PAGER") else { return "pager" }
        let name = unsafe String(cString: named)
        return name.allSatisfy { " \t\r\n".contains($0) } ? nil : name
    }

    deinit { close(interrupted: false) }

    func write(_ bytes: UnsafeRawBufferPointer) {
        guard let stream = unsafe stream else { return }
        unsafe fwrite(bytes.baseAddress, 1, bytes.count, stream)
    }

    /// Waits until the user leaves the pager. `interrupted` says at the end of the output that it is cut short.
    func close(interrupted: Bool) {
        guard let stream = unsafe stream else { return }
        if interrupted { write("Interrupted\n") }
        unsafe pclose(stream)
        unsafe self.stream = nil
        restorePipeHandler()
    }

    private func restorePipeHandler() {
        _ = signal(SIGPIPE, previousPipeHandler)
    }

    var screen: Screen? { Screen(descriptor: 1) }
    var isPager: Bool { true }
}

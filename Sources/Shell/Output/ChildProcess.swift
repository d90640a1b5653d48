import Glibc

/// A command run by /bin/sh, alone or with a pipe to or from it, with the signals a program starts with.
final class ChildProcess {
    enum Direction {
        /// The shell writes to its standard input.
        case writing
        /// The shell reads its standard output.
        case reading
        case none
    }

    private let identifier: pid_t
    /// The shell's end of the pipe; -1 without one.
    let descriptor: Int32
    private var status: Int32?

    private init(identifier: pid_t, descriptor: Int32) {
        self.identifier = identifier
        self.descriptor = descriptor
    }

    static func start(_ command: String, _ direction: Direction) -> Result<ChildProcess, SystemFailure> {
        var ends: [Int32] = [-1, -1]
        if direction != .none {
            guard unsafe pipe(&ends) == 0 else { return .failure(SystemFailure()) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        switch direction {
        case .writing: unsafe posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        case .reading: unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        case .none: break
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe sigaddset(&signals, SIGQUIT)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        var identifier: pid_t = 0
        let outcome = unsafe withCStrings(["sh", "-c", command]) { arguments in
            unsafe posix_spawn(&identifier, "/bin/sh", &actions, &attributes, arguments, environ)
        }
        if direction != .none { _ = Glibc.close(direction == .writing ? ends[0] : ends[1]) }
        let descriptor = direction == .writing ? ends[1] : ends[0]
        guard outcome == 0 else {
            if direction != .none { _ = Glibc.close(descriptor) }
            return .failure(SystemFailure(outcome))
        }
        return .success(ChildProcess(identifier: identifier, descriptor: descriptor))
    }

    /// Waits for its end; the status as waitpid gives it.
    func wait() -> Int32 {
        if let status { return status }
        var result: Int32 = 0
        while unsafe waitpid(identifier, &result, 0) < 0, errno == EINTR {}
        status = result
        return result
    }

    /// All that it prints, and its wait status. Reads to the end of its output.
    func readAll() -> (output: [UInt8], status: Int32) {
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count > 0 {
                output.append(contentsOf: chunk[0..<count])
            } else if count == 0 || errno != EINTR {
                break
            }
        }
        _ = Glibc.close(descriptor)
        return (output, wait())
    }

    /// Runs a command on the terminal as system(3) does: the shell ignores Ctrl-C meanwhile. Its wait status.
    static func run(_ command: String) -> Int32 {
        var ignore = sigaction()
        var interrupt = sigaction()
        var quit = sigaction()
        unsafe ignore.__sigaction_handler.sa_handler = SIG_IGN
        unsafe sigaction(SIGINT, &ignore, &interrupt)
        unsafe sigaction(SIGQUIT, &ignore, &quit)
        defer {
            unsafe sigaction(SIGINT, &interrupt, nil)
            unsafe sigaction(SIGQUIT, &quit, nil)
        }
        switch start(command, .none) {
        case .success(let child): return child.wait()
        case .failure: return -1
        }
    }

    /// A wait status in words, as PostgreSQL writes it (wait_result_to_str).
    static func describe(status: Int32) -> String {
        if status & 0x7F == 0 {
            switch (status >> 8) & 0xFF {
            case 126: return "command not executable"
            case 127: return "command not found"
            case let code: return "child process exited with exit code \(code)"
            }
        }
        let signal = status & 0x7F
        return "child process was terminated by signal \(signal): \(unsafe String(cString: strsignal(signal)))"
    }
}

/// Lends a NULL-ended array of C strings, for exec.
private func withCStrings<Value>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { while let pointer = unsafe pointers.popLast() { unsafe free(pointer) } }
    return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
        // An array that has at least its NULL has a base address.
        unsafe body(buffer.baseAddress.unsafelyUnwrapped)
    }
}

import Glibc
internal import Processes

/// A command that /bin/sh runs, alone or with a pipe to or from it.
final class ShellCommand {
    enum Direction {
        /// The shell writes to its standard input.
        case writing
        /// The shell reads its standard output.
        case reading
    }

    private let process: ChildProcess
    /// The shell's end of the pipe.
    let descriptor: Int32
    private var status: ProcessStatus?

    private init(_ process: ChildProcess, descriptor: Int32) {
        self.process = process
        self.descriptor = descriptor
    }

    private static func call(_ command: String) -> ProgramCall {
        var call = ProgramCall("/bin/sh", ["-c", command], name: "sh")
        call.input = .inherited
        call.signals = .ofTheTerminal
        return call
    }

    static func start(_ command: String, _ direction: Direction) -> Result<ShellCommand, SystemFailure> {
        // A pipe in the strict sense: a program may open /dev/stdin, which no socket allows.
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return .failure(SystemFailure()) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (ours, its) = direction == .writing ? (ends[1], ends[0]) : (ends[0], ends[1])
        var call = call(command)
        switch direction {
        case .writing: call.input = .descriptor(its)
        case .reading: call.output = .descriptor(its)
        }
        defer { _ = close(its) }
        do throws(SystemFailure) {
            return .success(ShellCommand(try call.start(), descriptor: ours))
        } catch {
            _ = close(ours)
            return .failure(error)
        }
    }

    func wait() -> ProcessStatus {
        if let status { return status }
        let result = process.wait()
        status = result
        return result
    }

    /// All that it prints. Reads to the end of its output, and waits for its own.
    func readAll() -> [UInt8] {
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
        _ = close(descriptor)
        _ = wait()
        return output
    }

    /// Runs a command on the terminal as system(3) does: this process ignores Ctrl-C meanwhile, which the command gets.
    /// Nil where it could not be started.
    static func run(_ command: String) -> ProcessStatus? {
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
        do throws(SystemFailure) { return try call(command).start().wait() } catch { return nil }
    }
}

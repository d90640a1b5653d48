import Glibc

/// How a process ended.
public enum ProcessStatus: Hashable, Sendable {
    case exited(Int32)
    /// By a signal, with its number.
    case killed(Int32)
    /// Somebody else has taken the status, or this process ignores SIGCHLD.
    case unknown

    public static let success = ProcessStatus.exited(0)

    /// From what waitpid(2) stores.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7F
        self = signal == 0 ? .exited(waitStatus >> 8 & 0xFF) : .killed(signal)
    }

    /// One number, as a shell has it in `$?`: 128 and more for a signal; -1 where it is unknown.
    public var code: Int {
        switch self {
        case .exited(let code): Int(code)
        case .killed(let signal): 128 + Int(signal)
        case .unknown: -1
        }
    }

    /// In PostgreSQL's words (src/common/wait_error.c), which take a shell's 126 and 127 for what they mean.
    public var description: String {
        switch self {
        case .exited(126): "command not executable"
        case .exited(127): "command not found"
        case .exited(let code): "child process exited with exit code \(code)"
        case .killed(let signal):
            "child process was terminated by signal \(signal): \(unsafe String(cString: strsignal(signal)))"
        case .unknown: "child process exited with unrecognized status"
        }
    }
}

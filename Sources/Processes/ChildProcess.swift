import Glibc

/// A process that this one has started, from `ProgramCall.start()`. It goes on when this value goes.
public struct ChildProcess: Sendable {
    public let pid: Int32

    /// Waits for its end; once, since the status is gone with it.
    @discardableResult
    public func wait() -> ProcessStatus {
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { return .unknown }
        }
        return ProcessStatus(waitStatus: status)
    }

    /// How it has ended; nil while it runs.
    public func statusIfEnded() -> ProcessStatus? {
        var status: Int32 = 0
        guard unsafe waitpid(pid, &status, WNOHANG) == pid else { return nil }
        return ProcessStatus(waitStatus: status)
    }

    public func send(signal: Int32) { _ = kill(pid, signal) }
}

internal import Backfill
internal import Job
public import Libpq
internal import Postgres
internal import Synchronization

/// The job's new warnings, for a person at a prompt. They are read by a thread of its own over a connection of its own, so
/// that no prompt waits for the shadow; where it cannot be reached, there is nothing to say.
public final class JobWarnings: Sendable {
    private struct State {
        /// The last event that was reported.
        var last: Int?
        var isPolling = false
        var lastPoll: ContinuousClock.Instant?
    }

    /// The most warnings of one poll that are shown; of more only the number is reported.
    private static let limit = 5

    private let slot: String
    private let pause: Duration
    private let state = Mutex(State())

    /// - Parameters:
    ///   - slot: the job's.
    ///   - pause: between two polls.
    public init(slot: String, pause: Duration = .seconds(3)) {
        self.slot = slot
        self.pause = pause
    }

    /// Polls for warnings, unless that was done a moment ago or is being done. The first poll finds those of the last
    /// ten minutes, the others those that are new.
    ///
    /// - Parameter report: called on another thread, with the text of all that is new.
    public func poll(_ shadow: ConnectionString, report: @escaping @Sendable (String) -> Void) {
        let isDue = state.withLock { state in
            if state.isPolling { return false }
            if let last = state.lastPoll, last.duration(to: .now) < pause { return false }
            state.isPolling = true
            return true
        }
        guard isDue else { return }
        do throws(PostgresError) {
            _ = try Worker("job warnings") { [self] in
                let text = read(shadow)
                state.withLock { state in
                    state.isPolling = false
                    state.lastPoll = .now
                }
                if let text { report(text) }
            }
        } catch {
            // The next prompt polls again.
            state.withLock { $0.isPolling = false }
        }
    }

    private func read(_ shadow: ConnectionString) -> String? {
        let own = ["application_name": "scry-backfill warnings", "connect_timeout": "5", "tcp_user_timeout": "5000"]
        guard let interrupt = try? Interrupt(),
            let connection = try? Connection(shadow.merging(own), interrupt: interrupt),
            let new = try? JobControl(connection, slot: slot).warnings(after: state.withLock({ $0.last })),
            let last = new.last
        else { return nil }
        state.withLock { $0.last = last.number }
        var lines: [String] = []
        if new.count > Self.limit {
            lines.append("WARNING:  \(new.count - Self.limit) older warnings of the job: \\backfill events")
        }
        for warning in new.suffix(Self.limit) {
            // An error of the engine is not the error of a statement that was typed here.
            let prefix = warning.severity == .error ? "the engine has ended: " : ""
            lines.append("WARNING:  \(prefix)\(warning.message)")
            if let hint = warning.hint { lines.append("HINT:  \(hint)") }
        }
        return lines.joined(separator: "\n")
    }
}

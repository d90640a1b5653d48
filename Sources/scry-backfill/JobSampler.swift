import Backfill
import Catalog
import Libpq
import Postgres
import Synchronization

/// Asks both servers how the job stands, when somebody fetches the metrics: a thread with two connections of its own, so
/// that neither the engine nor a fetch ever waits for the other.
///
///     fetch ──▶ waiting ──wanted──▶ thread: asks both servers ──▶ all that wait
///
/// A server that does not answer in time leaves its part of the sample out.
final class JobSampler: Sendable {
    private struct State {
        var waiting: [Int: CheckedContinuation<JobSample, Never>] = [:]
        var last = 0
        var hasEnded = false

        mutating func takeWaiting() -> [CheckedContinuation<JobSample, Never>] {
            defer { waiting = [:] }
            return Array(waiting.values)
        }
    }

    private let settings: JobSettings
    private let state = Mutex(State())
    /// Fired when a sample is wanted, and at the end.
    private let wanted: Interrupt
    /// Fired at the end; the connections wait on it.
    private let ended: Interrupt
    private static let patience = Duration.seconds(5)

    init(_ settings: JobSettings) throws(PostgresError) {
        self.settings = settings
        wanted = try Interrupt()
        ended = try Interrupt()
    }

    /// How the job stands now.
    func sample() async -> JobSample {
        await withCheckedContinuation { continuation in
            let number: Int? = state.withLock { state in
                guard !state.hasEnded else { return nil }
                state.last += 1
                state.waiting[state.last] = continuation
                return state.last
            }
            guard let number else {
                continuation.resume(returning: JobSample())
                return
            }
            wanted.fire()
            Task {
                try? await Task.sleep(for: Self.patience)
                state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: JobSample())
            }
        }
    }

    /// Works until `end()`.
    func run() {
        var servers: (source: Connection?, shadow: Connection?)
        while Wait.poll([(wanted.readDescriptor, false)], interrupt: ended, milliseconds: nil) != .interrupted {
            wanted.clear()
            let sample = ask(&servers)
            for continuation in state.withLock({ $0.takeWaiting() }) { continuation.resume(returning: sample) }
        }
    }

    func end() {
        ended.fire()
        let waiting = state.withLock { state in
            state.hasEnded = true
            return state.takeWaiting()
        }
        for continuation in waiting { continuation.resume(returning: JobSample()) }
    }

    private func ask(_ servers: inout (source: Connection?, shadow: Connection?)) -> JobSample {
        var sample = JobSample()
        do throws(PostgresError) {
            let source = if let open = servers.source { open } else { try connect(settings.source) }
            servers.source = source
            sample.slot = try source.replicationSlot(settings.slot)
            sample.sourceIsUp = true
        } catch {
            servers.source = nil
        }
        do throws(PostgresError) {
            let shadow = if let open = servers.shadow { open } else { try connect(settings.shadow) }
            servers.shadow = shadow
            sample.status = try JobControl(shadow, slot: settings.slot).status(source: servers.source)
        } catch {
            servers.shadow = nil
        }
        return sample
    }

    private func connect(_ server: ConnectionString) throws(PostgresError) -> Connection {
        try Connection(server.merging(["application_name": "scry-backfill metrics"]), interrupt: ended)
    }
}

import Backfill
import Configuration
import Libpq
import Metrics
import Postgres

/// The metrics of a running engine, served where `metrics.listen` says.
struct MetricsService {
    private let server: MetricsServer
    private let sampler: JobSampler
    private let sampling: Task<Void, Never>
    var address: ListenAddress { server.address }

    /// Throws where it cannot listen.
    init(on address: ListenAddress, of settings: JobSettings, _ counters: EngineCounters) async throws(PostgresError) {
        let sampler = try JobSampler(settings)
        server = try await MetricsServer(on: address) {
            JobMetrics.families(await sampler.sample(), settings.walMonitor, counters)
        }
        self.sampler = sampler
        // Where the system has no thread left, each fetch says that neither server can be asked.
        sampling = Task { try? await onThread("metrics") { _ in sampler.run() } }
    }

    func stop() async {
        sampler.end()
        await server.stop()
        await sampling.value
    }
}

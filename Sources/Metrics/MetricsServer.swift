public import Configuration
import Dispatch
import FlyingSocks
import Foundation
import Glibc
public import Postgres

/// Serves metrics over HTTP at `/metrics`, for Prometheus to fetch. Nothing can be changed through it.
///
/// Of FlyingFox only its sockets are used: its HTTP part imports FoundationNetworking for a proxy, which a program without
/// the Swift libraries cannot be linked with, unless it depends on libcurl.
public final class MetricsServer: Sendable {
    private let listener: AsyncSocket
    private let running: Task<Void, Never>
    /// Where it listens; the port is the system's choice where 0 was asked for.
    public let address: ListenAddress

    /// Returns when it listens.
    ///
    /// Throws where it cannot listen, with the address and what to do.
    ///
    /// - Parameters:
    ///   - patience: how long a client may take for its request and for the answer.
    ///   - metrics: asked at each fetch.
    public init(
        on address: ListenAddress, patience: Duration = .seconds(10),
        _ metrics: @escaping @Sendable () async -> [MetricFamily]
    ) async throws(PostgresError) {
        let pool: SocketPool<ePoll> = .ePoll()
        let socket: Socket
        var actual = address
        do {
            try await pool.prepare()
            socket = try Self.listen(on: address)
        } catch {
            throw Self.failure(address, error)
        }
        do {
            switch try socket.sockname() {
            case .ip4(_, let port), .ip6(_, let port): actual.port = port
            case .unix: break
            }
            listener = try AsyncSocket(socket: socket, pool: pool)
        } catch {
            try? socket.close()
            throw Self.failure(address, error)
        }
        self.address = actual
        running = Task(executorPreference: MetricsExecutor()) { [listener] in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await pool.run() }
                group.addTask { await Self.serve(listener, patience, metrics) }
                await group.next()
                group.cancelAll()
            }
        }
    }

    /// Returns when nothing listens any more, and no fetch is being answered.
    public func stop() async {
        running.cancel()
        await running.value
        try? listener.close()
    }

    private static func listen(on address: ListenAddress) throws -> Socket {
        let socket = try Socket(domain: address.isIPv6 ? AF_INET6 : AF_INET)
        do {
            try socket.setValue(true, for: .localAddressReuse)
            if address.isIPv6 {
                try socket.bind(to: .inet6(ip6: address.host, port: address.port))
            } else {
                try socket.bind(to: .inet(ip4: address.host, port: address.port))
            }
            try socket.listen()
            return socket
        } catch {
            try? socket.close()
            throw error
        }
    }

    /// Answers each connection's one request until cancelled.
    private static func serve(
        _ listener: AsyncSocket, _ patience: Duration, _ metrics: @escaping @Sendable () async -> [MetricFamily]
    ) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                guard let client = try? await listener.accept() else {
                    // It went away before it was accepted, or no descriptor is left, which passes too.
                    try? await Task.sleep(for: .milliseconds(100))
                    continue
                }
                group.addTask {
                    await HTTPExchange(client, patience: patience).run { PrometheusText.render(await metrics()) }
                    try? client.close()
                }
            }
        }
    }

    private static func failure(_ address: ListenAddress, _ error: any Error) -> PostgresError {
        guard case .failed(_, let code, let reason)? = error as? SocketError else {
            return PostgresError(
                "could not listen on \(address) for metrics: \(error.localizedDescription)",
                hint: "Check metrics.listen.", sqlState: .configFileError)
        }
        let hint =
            switch code {
            case EADDRINUSE: "Another process listens there: stop it, or set metrics.listen to another port."
            case EADDRNOTAVAIL: "Set metrics.listen to an address of this machine."
            case EACCES: "Ports below 1024 need a privilege: set metrics.listen to a higher one."
            default: "Check metrics.listen."
            }
        return PostgresError(
            "could not listen on \(address) for metrics: \(reason)", hint: hint,
            sqlState: code == EADDRINUSE ? .objectInUse : .configFileError)
    }
}

/// A queue of its own, so that a fetch is answered whatever keeps the shared pool busy.
private final class MetricsExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "metrics")

    func enqueue(_ job: consuming ExecutorJob) {
        // Run once, as an executor must.
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

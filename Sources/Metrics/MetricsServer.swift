public import Configuration
import FlyingFox
import FlyingSocks
import Foundation
import Glibc
public import Postgres

/// Serves metrics over HTTP at `/metrics`, for Prometheus to fetch. Nothing can be changed through it.
public final class MetricsServer: Sendable {
    private let server: HTTPServer
    private let running: Task<Void, Never>
    /// Where it listens; the port is the system's choice where 0 was asked for.
    public let address: ListenAddress

    /// Returns when it listens.
    ///
    /// Throws where it can't, with the address and what to do.
    ///
    /// - Parameter metrics: asked at each fetch.
    public init(
        on address: ListenAddress, _ metrics: @escaping @Sendable () async -> [MetricFamily]
    ) async throws(PostgresError) {
        let server: HTTPServer
        do {
            server =
                address.isIPv6
                ? HTTPServer(address: try .inet6(ip6: address.host, port: address.port), logger: .disabled)
                : HTTPServer(address: try .inet(ip4: address.host, port: address.port), logger: .disabled)
        } catch {
            throw Self.failure(address, error)
        }
        await server.appendRoute("GET /metrics") { _ in
            HTTPResponse(
                statusCode: .ok, headers: [.contentType: PrometheusText.contentType],
                body: Data(PrometheusText.render(await metrics()).utf8))
        }
        let listening = Task { try await server.waitUntilListening(timeout: 60) }
        let outcome = Task { () -> (any Error)? in
            do {
                try await server.run()
                return nil
            } catch {
                listening.cancel()
                return error
            }
        }
        running = Task { _ = await outcome.value }
        do {
            try await listening.value
        } catch {
            outcome.cancel()
            throw Self.failure(address, await outcome.value ?? error)
        }
        self.server = server
        var actual = address
        switch await server.listeningAddress {
        case .ip4(_, let port), .ip6(_, let port): actual.port = port
        default: break
        }
        self.address = actual
    }

    /// Returns when nothing listens any more.
    public func stop() async {
        await server.stop(timeout: 1)
        await running.value
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

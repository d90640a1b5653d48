import Configuration
import Foundation
import FoundationNetworking
import Metrics
import Postgres
import Synchronization
import Testing

@Suite struct MetricsServerTests {
    private let anyPort = ListenAddress("127.0.0.1:0")

    private func server(
        _ metrics: @escaping @Sendable () async -> [MetricFamily] = { [] }
    ) async throws -> MetricsServer {
        try await MetricsServer(on: try #require(anyPort), patience: .seconds(600), metrics)
    }

    private func get(_ server: MetricsServer, _ path: String) async throws -> (text: String, HTTPURLResponse) {
        let url = try #require(URL(string: "http://\(server.address)\(path)"))
        // Other tests may keep both sides from running for long.
        let (data, response) = try await URLSession.shared.data(for: URLRequest(url: url, timeoutInterval: 600))
        return (String(decoding: data, as: UTF8.self), try #require(response as? HTTPURLResponse))
    }

    @Test func servesWhatTheMetricsAreAtEachFetch() async throws {
        let count = Atomic(0)
        let server = try await server {
            [MetricFamily("fetches_total", .counter, "Fetches.", Double(count.add(1, ordering: .relaxed).newValue))]
        }
        #expect(server.address.port != 0)
        let (first, response) = try await get(server, "/metrics")
        #expect(first.hasSuffix("\nfetches_total 1\n"))
        #expect(response.statusCode == 200)
        #expect(response.value(forHTTPHeaderField: "Content-Type") == PrometheusText.contentType)
        #expect(try await get(server, "/metrics").text.hasSuffix("\nfetches_total 2\n"))
        await server.stop()
    }

    @Test func thereIsNothingElse() async throws {
        let server = try await server()
        #expect(try await get(server, "/").1.statusCode == 404)
        #expect(try await get(server, "/metrics/x").1.statusCode == 404)
        await server.stop()
    }

    @Test func aPortInUseIsNamed() async throws {
        let first = try await server()
        let error = await #expect(throws: PostgresError.self) { try await MetricsServer(on: first.address) { [] } }
        #expect(error?.message == "could not listen on \(first.address) for metrics: Address already in use")
        #expect(error?.hint?.contains("metrics.listen") == true)
        await first.stop()
        // Nothing listens any more; the port itself may be anybody's by now.
        await #expect(throws: URLError.self) { try await get(first, "/metrics") }
    }

    @Test func anAddressOfAnotherMachine() async throws {
        let address = try #require(ListenAddress("192.0.2.1:0"))
        let error = await #expect(throws: PostgresError.self) { try await MetricsServer(on: address) { [] } }
        #expect(error?.hint == "Set metrics.listen to an address of this machine.")
    }
}

import FlyingSocks
import Foundation

/// One request and its answer, after which the connection is closed (RFC 9112): all that a fetch of metrics needs.
struct HTTPExchange {
    private let client: AsyncSocket

    /// A request's head is no longer than this, in bytes.
    private static let longestHead = 8192
    private let patience: Duration

    /// - Parameter patience: how long the client may take to send its request, and to take the answer.
    init(_ client: AsyncSocket, patience: Duration) {
        self.client = client
        self.patience = patience
    }

    /// Answers, unless the client takes too long or goes away.
    func run(_ text: @escaping @Sendable () async -> String) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                guard let request = try? await readRequestLine() else { return }
                try? await client.write(Data(await Self.answer(to: request, text).utf8))
            }
            group.addTask { try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
    }

    /// The first line of a request whose head has come whole; nil where it is too long.
    private func readRequestLine() async throws -> Substring? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard head.count < Self.longestHead else { return nil }
            head.append(try await client.read())
        }
        // "\r\n" is one character.
        return String(decoding: head, as: UTF8.self).prefix { $0 != "\r\n" }
    }

    /// The whole answer to a request line: `GET /metrics HTTP/1.1`.
    static func answer(to request: Substring, _ text: @Sendable () async -> String) async -> String {
        let words = request.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return answer("400 Bad Request") }
        guard words[0] == "GET" || words[0] == "HEAD" else {
            return answer("405 Method Not Allowed", ["Allow: GET, HEAD"])
        }
        guard words[1].prefix(while: { $0 != "?" }) == "/metrics" else { return answer("404 Not Found") }
        return answer(
            "200 OK", ["Content-Type: \(PrometheusText.contentType)"], body: await text(), isHead: words[0] == "HEAD")
    }

    private static func answer(
        _ status: String, _ headers: [String] = [], body: String = "", isHead: Bool = false
    ) -> String {
        let head = ["HTTP/1.1 \(status)"] + headers + ["Content-Length: \(body.utf8.count)", "Connection: close"]
        return head.joined(separator: "\r\n") + "\r\n\r\n" + (isHead ? "" : body)
    }
}

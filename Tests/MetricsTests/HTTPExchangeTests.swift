import Testing

@testable import Metrics

@Suite struct HTTPExchangeTests {
    @Test(arguments: [
        ("GET /metrics HTTP/1.1", "200 OK", true), ("GET /metrics?name=up HTTP/1.0", "200 OK", true),
        ("HEAD /metrics HTTP/1.1", "200 OK", false), ("GET / HTTP/1.1", "404 Not Found", false),
        ("POST /metrics HTTP/1.1", "405 Method Not Allowed", false), ("GET /metrics", "400 Bad Request", false),
        ("", "400 Bad Request", false),
    ])
    func answers(to request: String, _ status: String, hasBody: Bool) async {
        let answer = await HTTPExchange.answer(to: Substring(request)) { "up 1\n" }
        #expect(answer.hasPrefix("HTTP/1.1 \(status)\r\n"))
        #expect(answer.contains("\r\nConnection: close\r\n"))
        #expect(answer.contains("\r\nContent-Length: \(status == "200 OK" ? 5 : 0)\r\n"))
        #expect(answer.hasSuffix(hasBody ? "\r\n\r\nup 1\n" : "\r\n\r\n"))
    }
}

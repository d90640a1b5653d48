import Configuration
import Testing

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:9187", "127.0.0.1", 9187), ("0.0.0.0:0", "0.0.0.0", 0), ("[::1]:65535", "::1", 65535),
        ("localhost:80", "127.0.0.1", 80),
    ])
    func reads(text: String, host: String, port: UInt16) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.isIPv6 == host.contains(":"))
        #expect(ListenAddress(address.description) == address)
    }

    @Test(arguments: [
        "", "9187", ":9187", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80", "[::1]", "[a]:1", "host:1",
    ])
    func refuses(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}

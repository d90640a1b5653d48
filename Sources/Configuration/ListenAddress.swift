import Glibc

/// An address and a port of this machine to listen on: `127.0.0.1:9187`, `[::1]:9187`, `localhost:9187`, `0.0.0.0:9187`.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// An IPv4 or IPv6 address.
    public let host: String
    /// 0 lets the system choose one.
    public var port: UInt16

    /// Nil for anything else; names are not looked up, since what they stand for may change.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard Self.isAddress(host, AF_INET6) else { return nil }
        } else {
            if host == "localhost" { host = "127.0.0.1" }
            guard Self.isAddress(host, AF_INET) else { return nil }
        }
        self.host = host
        self.port = port
    }

    public var isIPv6: Bool { host.contains(":") }
    public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func isAddress(_ text: String, _ family: Int32) -> Bool {
        var address = in6_addr()
        return unsafe inet_pton(family, text, &address) == 1
    }
}

import Glibc

/// An IPv4 or IPv6 address.
public struct IPAddress: Hashable, Sendable {
    /// Four or sixteen, in network order.
    public let bytes: [UInt8]

    public var isIPv4: Bool { bytes.count == 4 }

    /// Reads the numeric form of either family; an IPv6 zone (`%eth0`) is left out. Nil for all else.
    public init?(_ text: String) {
        let address = String(text.prefix { $0 != "%" })
        var buffer = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET, address, &buffer) == 1 {
            bytes = Array(buffer[..<4])
        } else if unsafe inet_pton(AF_INET6, address, &buffer) == 1 {
            bytes = buffer
        } else {
            return nil
        }
    }

    /// Reachable only from the machine itself: 127.0.0.0/8 or ::1.
    public var isLoopback: Bool {
        isIPv4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// Lies in the network of that address and mask; never in one of the other family (pg_range_sockaddr in ifaddr.c).
    public func isIn(_ network: IPAddress, mask: IPAddress) -> Bool {
        guard bytes.count == network.bytes.count, bytes.count == mask.bytes.count else { return false }
        return bytes.indices.allSatisfy { (bytes[$0] ^ network.bytes[$0]) & mask.bytes[$0] == 0 }
    }

    /// The number of leading ones of a mask; nil for a mask with holes.
    public var prefixLength: Int? {
        let ones = bytes.reduce(0) { $0 + $1.nonzeroBitCount }
        let leading = bytes.firstIndex { $0 != 0xFF }.map { $0 * 8 + (~bytes[$0]).leadingZeroBitCount } ?? ones
        return leading == ones ? ones : nil
    }
}

extension IPAddress: CustomStringConvertible {
    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let written = unsafe inet_ntop(isIPv4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil
        return written ? String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "???"
    }
}

import Glibc
import Postgres

/// A port of 127.0.0.1 on which no PostgreSQL answers: either nobody listens, or connections are taken and never served.
final class Listener {
    let port: Int
    private let descriptor: Int32

    init(accepting: Bool) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(descriptor, generic, length) == 0
                    ? unsafe getsockname(descriptor, generic, &length) : -1
            }
        }
        guard status == 0, !accepting || listen(descriptor, 16) == 0 else {
            throw PostgresError("could not find a port")
        }
        // Kept open where nobody listens too: no other test gets the port.
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}

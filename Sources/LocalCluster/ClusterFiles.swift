import Glibc
import Postgres
import Processes

/// The content of a private server's two configuration files.
struct ClusterFiles: Sendable {
    /// The folder of the socket.
    var folder: String
    var port: Int
    /// TCP on 127.0.0.1 beside the socket.
    var listensOnTCP: Bool
    /// Over the defaults below.
    var settings: [String: String]
    /// pg_hba.conf; nil trusts everybody: only the folder's owner reaches the socket.
    var accessRules: String?

    /// Small, so that many servers fit on one machine; without fsync, since what a crash of the machine would lose is
    /// thrown away anyway; and no option that PostgreSQL 10 lacks.
    private static let defaults: [String: String] = [
        "autovacuum_naptime": "10s",
        // In the data folder: goes with it, also where the server was killed.
        "dynamic_shared_memory_type": "mmap",
        "fsync": "off",
        "full_page_writes": "off",
        "lc_messages": "C",
        "log_line_prefix": "%m [%p] %d ",
        "log_timezone": "UTC",
        "max_connections": "50",
        "max_replication_slots": "20",
        "max_wal_senders": "20",
        "password_encryption": "scram-sha-256",
        "shared_buffers": "16MB",
        "timezone": "UTC",
        "unix_socket_permissions": "0700",
    ]

    /// A value in quotes may be of any of the settings' types; a backslash escapes in it (manual, 20.1.2).
    var configuration: String {
        var all = Self.defaults.merging(settings) { _, given in given }
        all["listen_addresses"] = listensOnTCP ? "127.0.0.1" : ""
        all["port"] = String(port)
        all["unix_socket_directories"] = folder
        return all.sorted { $0.key < $1.key }.map { name, value in
            let escaped = value.flatMap { $0 == "'" || $0 == "\\" ? [$0, $0] : [$0] }
            return "\(name) = '\(String(escaped))'\n"
        }.joined()
    }

    var access: String {
        accessRules ?? "local all all trust\nlocal replication all trust\n" + (listensOnTCP ? Self.tcp : "")
    }

    private static let tcp = "host all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n"

    /// Writes both in place of what initdb wrote; the server's account must be able to read them.
    func write(to dataDirectory: String) throws(PostgresError) {
        for (name, text) in [("postgresql.conf", configuration), ("pg_hba.conf", access)] {
            let file = try FileDescriptor.open("\(dataDirectory)/\(name)", O_WRONLY | O_TRUNC)
            try file.write(text)
        }
    }

    /// A port of 127.0.0.1 that nobody has now; another process may take it before the server does.
    static func freePort() throws(PostgresError) -> Int {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { throw .system("could not create a socket") }
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(number, generic, length) == 0 ? unsafe getsockname(number, generic, &length) : -1
            }
        }
        guard status == 0 else { throw .system("could not find a free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

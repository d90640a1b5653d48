import Foundation
import Glibc
import LocalCluster
import Postgres

/// Stands before a server as a pooler does that gives each client a session: it passes all on, but for the process id that
/// the server announces, in whose place it sends another. Clients reach it by a socket in a folder of its own.
final class RenumberingProxy: Sendable {
    /// For connecting through it, as `host`.
    let folder: String
    private let listener: Int32

    init(before cluster: LocalCluster) throws {
        folder = "/tmp/scry-proxy-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let server = cluster.folder + "/.s.PGSQL.5432"
        guard unsafe Self.call(bind, listener, folder + "/.s.PGSQL.5432") == 0, listen(listener, 16) == 0 else {
            throw PostgresError("the proxy could not listen")
        }
        Thread.detachNewThread { [listener] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Thread.detachNewThread { Self.serve(client, server) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Passes on what either side sends until one hangs up.
    private static func serve(_ client: Int32, _ server: String) {
        let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer {
            close(client)
            close(upstream)
        }
        guard unsafe call(connect, upstream, server) == 0 else { return }
        var beginning: [UInt8]? = []
        while true {
            var waiting = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: upstream, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&waiting, 2, -1) > 0 else { return }
            if waiting[0].revents != 0 {
                guard let bytes = receive(client), send(bytes, upstream) else { return }
            }
            guard waiting[1].revents != 0 else { continue }
            guard let bytes = receive(upstream) else { return }
            guard let held = beginning else {
                guard send(bytes, client) else { return }
                continue
            }
            let (passed, rest, isOver) = renumbered(held + bytes)
            beginning = isOver ? nil : rest
            guard send(isOver ? passed + rest : passed, client) else { return }
        }
    }

    /// The whole messages among what the server sends first, BackendKeyData with another process id, and what is left; true
    /// after ReadyForQuery or an error (manual, 55.7).
    private static func renumbered(_ bytes: [UInt8]) -> (passed: [UInt8], rest: [UInt8], isOver: Bool) {
        var passed: [UInt8] = []
        var rest = bytes[...]
        while rest.count >= 5 {
            let length = rest.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) } + 1
            guard rest.count >= length else { break }
            var message = Array(rest.prefix(length))
            rest = rest.dropFirst(length)
            if message[0] == UInt8(ascii: "K") { message[8] ^= 0x55 }
            passed += message
            if message[0] == UInt8(ascii: "Z") || message[0] == UInt8(ascii: "E") { return (passed, Array(rest), true) }
        }
        return (passed, Array(rest), false)
    }

    private static func receive(_ socket: Int32) -> [UInt8]? {
        var buffer: [UInt8] = Array(repeating: 0, count: 65_536)
        let count = unsafe read(socket, &buffer, buffer.count)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    private static func send(_ bytes: [UInt8], _ socket: Int32) -> Bool {
        var left = bytes[...]
        while !left.isEmpty {
            let count = unsafe left.withUnsafeBytes {
                unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            left = left.dropFirst(count)
        }
        return true
    }

    /// `bind` or `connect` with the address of a socket in the file system.
    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ socket: Int32, _ path: String
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe function(socket, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

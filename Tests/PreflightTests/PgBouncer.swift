import Foundation
import Glibc
import Libpq
import LocalCluster
import Postgres

/// A PgBouncer of this test's own before a server, in the mode that most of them run in.
final class PgBouncer {
    static let program = "/usr/sbin/pgbouncer"

    /// For connecting through it, as `host`.
    let folder: String
    private let process = Process()

    init(before cluster: LocalCluster) throws {
        folder = "/tmp/scry-pgbouncer-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o777])
        let configuration = """
            [databases]
            * = host=\(cluster.folder) user=postgres
            [pgbouncer]
            listen_port = 5432
            unix_socket_dir = \(folder)
            auth_type = any
            pool_mode = transaction
            ignore_startup_parameters = extra_float_digits
            """
        try Data(configuration.utf8).write(to: URL(filePath: folder + "/pgbouncer.ini"))
        // It refuses to be root; the server's socket lets its owner in.
        process.executableURL = URL(filePath: getuid() == 0 ? "/usr/bin/setpriv" : Self.program)
        process.arguments =
            (getuid() == 0 ? ["--reuid=postgres", "--regid=postgres", "--clear-groups", Self.program] : [])
            + [folder + "/pgbouncer.ini"]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        // The socket's file comes before anybody listens there.
        var parameters = cluster.connectionString()
        parameters["host"] = folder
        while (try? Connection(parameters, interrupt: Interrupt())) == nil {
            guard process.isRunning else { throw PostgresError("pgbouncer did not start") }
        }
    }

    deinit {
        // It holds nothing that a shutdown in order would save, and may have its signals blocked by who started it.
        kill(process.processIdentifier, SIGKILL)
        try? FileManager.default.removeItem(atPath: folder)
    }
}

internal import Catalog
internal import Foundation
internal import Glibc
internal import Libpq
internal import Postgres

/// The room on the disk that holds a server's WAL, where it can be known: no statement reports it, so the server must
/// run on this machine, and its folder must be visible to the role (pg_read_all_settings) and to the user.
struct WalDisk {
    let total: Int
    let free: Int

    /// Nil where it cannot be known.
    init?(_ connection: any CatalogReader, started: Int) throws(PostgresError) {
        guard connection.host.hasPrefix("/"), let folder = try connection.settings("data_directory")["data_directory"]
        else { return nil }
        // A socket may lead to a server that sees other folders (a container). The third line of postmaster.pid, the time of
        // the start (pidfile.h, LOCK_FILE_LINE_START_TIME), says whether the folder is this server's.
        guard let file = FileManager.default.contents(atPath: folder.value + "/postmaster.pid") else { return nil }
        let lines = String(decoding: file, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 2, let written = Int(lines[2]), abs(written - started) <= 2 else { return nil }
        var status = statvfs()
        guard unsafe statvfs(folder.value + "/pg_wal", &status) == 0, status.f_frsize > 0 else { return nil }
        total = Int(clamping: UInt64(status.f_blocks)) * Int(status.f_frsize)
        // The room that is kept for root is not the server's.
        free = Int(clamping: UInt64(status.f_bavail)) * Int(status.f_frsize)
    }
}

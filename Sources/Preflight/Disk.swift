internal import Catalog
internal import Glibc
internal import Libpq

/// The free space of a server's disk, which no SQL statement reports. It is known only where the server is on this
/// machine, that is, reached by a socket in the file system, and says where its data is.
struct Disk {
    /// For who may write there without being root.
    let freeBytes: Int

    init?(of connection: any CatalogReader, dataDirectory: String?) {
        guard connection.host.hasPrefix("/"), let dataDirectory else { return nil }
        var status = statvfs()
        guard unsafe statvfs(dataDirectory, &status) == 0 else { return nil }
        let (bytes, overflow) = Int(status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
        guard !overflow else { return nil }
        freeBytes = bytes
    }
}

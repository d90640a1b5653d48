internal import Glibc

/// The entries of a folder, for the completion of file names; empty where it cannot be read.
func folderEntries(_ path: String) -> [(name: String, isFolder: Bool)] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var entries: [(name: String, isFolder: Bool)] = []
    while let entry = unsafe readdir(folder) {
        // d_name is a C string in the entry's own memory, valid until the next readdir.
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
            unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        guard name != "." && name != ".." else { continue }
        var status = stat()
        let isFolder = unsafe stat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        entries.append((name, isFolder))
    }
    return entries
}

internal import Foundation
internal import Glibc
internal import Postgres

/// A file without a name: what is in it goes with the process that opened it, however that ends. Programs that this
/// process starts reach it by `path`.
final class ScratchFile {
    private let descriptor: Int32

    /// Opens a file in the temporary folder and takes its name away again.
    init() throws(PostgresError) {
        let folder = FileManager.default.temporaryDirectory.path
        var template = Array((folder + "/scry-backfill-XXXXXX").utf8CString)
        // mkstemp() allows the file to its owner alone.
        descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else {
            throw Self.failure("could not create a file in \(folder)", errno)
        }
        unsafe unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Opens this file for a child, from its beginning (proc(5), /proc/PID/fd).
    var path: String { "/proc/\(getpid())/fd/\(descriptor)" }

    func write(_ text: String) throws(PostgresError) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Self.failure("could not write a temporary file", errno) }
            bytes = bytes.dropFirst(count)
        }
    }

    /// All that is in it.
    func read() throws(PostgresError) -> [UInt8] {
        let size = lseek(descriptor, 0, SEEK_END)
        guard size >= 0 else { throw Self.failure("could not read a temporary file", errno) }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done, off_t(done))
            }
            guard count > 0 else { throw Self.failure("could not read a temporary file", errno) }
            done += count
        }
        return bytes
    }

    private static func failure(_ message: String, _ code: Int32) -> PostgresError {
        PostgresError(
            "\(message): \(unsafe String(cString: strerror(code)))",
            hint: "Check the space and the rights in the temporary folder (TMPDIR).", sqlState: .ioError)
    }
}

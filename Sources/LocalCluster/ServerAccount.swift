import Glibc
import Postgres
import Processes

/// The operating system's user that a private server runs as. PostgreSQL refuses to run as root, so root hands over to
/// the user `postgres`, whom the server's package creates; everybody else runs it as himself.
struct ServerAccount {
    let uid: uid_t
    let gid: gid_t
    /// True where the caller is root and must hand over.
    let isOther: Bool

    init() throws(PostgresError) {
        guard geteuid() == 0 else {
            (uid, gid, isOther) = (geteuid(), getegid(), false)
            return
        }
        guard let entry = unsafe getpwnam("postgres") else {
            throw PostgresError(
                "there is no operating system user \"postgres\"",
                detail: "PostgreSQL refuses to run as root, so root runs a private server as that user.",
                hint: "Install Debian's package \"postgresql\", which creates the user, or do not run as root.",
                sqlState: .undefinedObject)
        }
        (uid, gid, isOther) = unsafe (entry.pointee.pw_uid, entry.pointee.pw_gid, true)
    }

    /// The command as this account runs it. setpriv(1) execs, so that the process keeps its pid.
    func command(_ arguments: [String]) -> [String] {
        guard isOther else { return arguments }
        return ["setpriv", "--reuid=\(uid)", "--regid=\(gid)", "--clear-groups", "--"] + arguments
    }

    /// Where this account's temporary files go: TMPDIR where the account can reach it and a socket's path fits in (107
    /// bytes, unix(7)), else /tmp.
    var temporaryRoot: String {
        guard let named = ServerPrograms.environment("TMPDIR"), named.hasPrefix("/"), named.utf8.count <= 60 else {
            return "/tmp"
        }
        var path = ""
        for part in named.split(separator: "/") {
            path += "/" + part
            var status = stat()
            guard unsafe stat(path, &status) == 0, canPass(status) else { return "/tmp" }
        }
        return path
    }

    /// The file system in memory (shm_overview(7)), if TMPDIR does not say otherwise and it has 4 GB free. Nil elsewhere, as in
    /// a container with Docker's 64 MB.
    ///
    /// A server's folder has a thousand files, and ext4 looks at each inode that was freed in the last minutes before it
    /// takes another (`recently_deleted` in ialloc.c): servers that come and go by the hundred cost 1 s each on disk.
    static var memoryRoot: String? {
        let path = "/dev/shm"
        var room = statvfs()
        guard ServerPrograms.environment("TMPDIR") == nil, unsafe access(path, W_OK) == 0,
            unsafe statvfs(path, &room) == 0, room.f_bavail * room.f_frsize >= 4 << 30
        else { return nil }
        return path
    }

    private func canPass(_ status: stat) -> Bool {
        let needed: mode_t =
            if status.st_uid == uid { S_IXUSR } else if status.st_gid == gid { S_IXGRP } else { S_IXOTH }
        return status.st_mode & needed != 0
    }

    /// Makes a new folder that only this account (and root) may enter.
    func makePrivateDirectory(prefix: String, in root: String) throws(PostgresError) -> String {
        var template = Array("\(root)/\(prefix)-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw .system("could not create a folder in \(root)") }
        let path = unsafe template.withUnsafeBufferPointer { unsafe String(cString: $0.baseAddress.unsafelyUnwrapped) }
        if isOther, unsafe chown(path, uid, gid) != 0 { throw .system("could not hand over \"\(path)\"") }
        return path
    }

    /// Makes the folder unless it is there. Throws where what is there belongs to somebody else, who could exchange what is
    /// in it, or where others may enter it.
    func makeOwnDirectory(_ path: String) throws(PostgresError) {
        if unsafe mkdir(path, 0o700) == 0 {
            if isOther, unsafe chown(path, uid, gid) != 0 { throw .system("could not hand over \"\(path)\"") }
            return
        }
        guard errno == EEXIST else { throw .system("could not create \"\(path)\"") }
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { throw .system("could not examine \"\(path)\"") }
        // Another root process may be between its mkdir and its chown; an empty root folder is as good as ours.
        let isOurs = status.st_uid == uid || status.st_uid == geteuid()
        guard status.st_mode & S_IFMT == S_IFDIR, isOurs, status.st_mode & 0o077 == 0 else {
            throw PostgresError(
                "\"\(path)\" is not a private folder of user \(uid)",
                hint: "Remove it, or set TMPDIR to a folder of your own.", sqlState: .insufficientPrivilege)
        }
        if isOther, status.st_uid != uid, unsafe chown(path, uid, gid) != 0 {
            throw .system("could not hand over \"\(path)\"")
        }
    }
}

import Glibc
import Postgres
import Processes

/// The data folder that initdb makes, kept as one archive in the temporary folder, so that each further cluster costs an
/// unpacking (0.1 s) in place of an initdb (0.7 s).
///
/// One file, put in place by rename(2): it is whole or absent, whatever dies meanwhile, and a cleaner of /tmp cannot take
/// half of it. A lock file makes concurrent processes wait for the first rather than all run initdb; the lock goes with
/// the process that holds it. Only the server's account can write to the folder.
struct ClusterTemplate {
    let programs: ServerPrograms
    let account: ServerAccount

    /// Unpacks a new data folder at `dataDirectory`, which must be an empty folder of the account, mode 0700.
    func unpack(into dataDirectory: String) throws(PostgresError) {
        let archive = try archive()
        try run(["tar", "-C", dataDirectory, "-xf", archive])
    }

    /// The archive's path; makes it where it is missing.
    private func archive() throws(PostgresError) -> String {
        let folder = "\(account.temporaryRoot)/scry-backfill-templates-\(account.uid)"
        try account.makeOwnDirectory(folder)
        // A change of initdb's options below needs a new number here.
        let name = "1-\(programs.buildTime)" + String(programs.directory.map { $0 == "/" ? "-" : $0 })
        let path = "\(folder)/\(name).tar"
        if unsafe access(path, R_OK) == 0 { return path }

        let lock = try FileDescriptor.open("\(folder)/\(name).lock", O_CREAT | O_RDWR | O_NOFOLLOW)
        defer { lock.close() }
        // Root's lock must not shut out the account itself, should it come later.
        if account.isOther, fchown(lock.number, account.uid, account.gid) != 0 {
            throw .system("could not hand over \"\(folder)/\(name).lock\"")
        }
        while flock(lock.number, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .system("could not lock \"\(path)\"") }
        }
        if unsafe access(path, R_OK) == 0 { return path }

        let work = "\(folder)/\(name).new"
        try run(["rm", "-rf", work])
        // UTF-8 with byte order in sorting, everywhere the same; English messages.
        try run([
            programs.path("initdb"), "-D", work, "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8",
            "--locale=C.UTF-8", "--lc-messages=C",
        ])
        try run(["tar", "-C", work, "-cf", "\(path).new", "."])
        guard unsafe rename("\(path).new", path) == 0 else { throw .system("could not put \"\(path)\" in place") }
        try run(["rm", "-rf", work])
        return path
    }

    private func run(_ arguments: [String]) throws(PostgresError) {
        let command = account.command(arguments)
        let run = try ProgramCall(command[0], Array(command.dropFirst()), environment: ServerPrograms.environment).run()
        guard run.status == .success else {
            throw PostgresError(
                "\"\(command.joined(separator: " "))\" failed with exit status \(run.status.code)",
                detail: ProgramRun.lastLines(run.outputText + run.errorText),
                hint: "Mend what the program complains of, then try again.", sqlState: .ioError)
        }
    }
}

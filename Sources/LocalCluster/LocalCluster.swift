import Glibc
public import Libpq
public import Postgres
import Processes
import Synchronization

/// A private PostgreSQL server in a folder of its own, for the demo and for tests: reached by a socket in that folder (and
/// by TCP on 127.0.0.1 where asked for), superuser `postgres`, gone with this object or this process, however it ends.
///
/// Root runs it as the user `postgres`, everybody else as himself. Safe to use from several threads; a start or stop by
/// one makes the others wait.
public final class LocalCluster: Sendable {
    /// Which side of a backfill the server plays: with it come the settings that the side needs, and the tests' choice of
    /// its version.
    public enum Role: String, Sendable, CaseIterable {
        /// `wal_level` is `logical`. Its programs: `SCRY_TEST_SOURCE_BIN`.
        case source
        /// PostgreSQL's defaults. Its programs: `SCRY_TEST_SHADOW_BIN`.
        case shadow

        var variable: String { self == .source ? "SCRY_TEST_SOURCE_BIN" : "SCRY_TEST_SHADOW_BIN" }
        var settings: [String: String] { self == .source ? ["wal_level": "logical"] : [:] }
    }

    /// How a server is asked to stop (manual, 19.5).
    public enum StopMode: Sendable {
        /// When all clients have gone.
        case smart
        /// Clients are cut off, their transactions rolled back.
        case fast
        /// At once, as in a crash: the next start recovers.
        case immediate

        var signal: Int32 {
            switch self {
            case .smart: SIGTERM
            case .fast: SIGINT
            case .immediate: SIGQUIT
            }
        }
    }

    /// Where a server's folder lies.
    public enum Storage: Sendable {
        /// In memory where the machine has plenty (`ServerAccount.memoryRoot`), else on disk: for servers that come and go.
        case memory
        /// In the temporary folder: for servers that grow, or whose speed is measured.
        case disk
    }

    private struct Running {
        var pid: pid_t
        /// The read end of `alive` (see `Supervisor`).
        var alive: FileDescriptor
        var hasEnded: Bool { alive.waitUntilReadable(milliseconds: 0) }
    }

    private struct State {
        var files: ClusterFiles
        var running: Running?
    }

    public let programs: ServerPrograms
    /// Holds the data, the log, and the socket. A path short enough for a socket's address.
    public let folder: String
    public var dataDirectory: String { folder + "/data" }
    public var logPath: String { folder + "/log" }
    private let supervisor: Supervisor
    private let state: Mutex<State>

    /// Creates the data folder; `start()` runs the server on it.
    ///
    /// - Parameters:
    ///   - settings: for postgresql.conf, over the role's and this class's own.
    ///   - listensOnTCP: also on a free port of 127.0.0.1, for what a socket cannot show (passwords, TLS).
    ///   - accessRules: pg_hba.conf; nil trusts everybody who reaches the socket or the port.
    ///   - binDirectory: the server's programs; nil takes the role's variable, then `ServerPrograms`' choice.
    public init(
        _ role: Role = .source, settings: [String: String] = [:], listensOnTCP: Bool = false,
        accessRules: String? = nil, binDirectory: String? = nil, storage: Storage = .memory
    ) throws(PostgresError) {
        programs = try ServerPrograms(directory: binDirectory ?? ServerPrograms.environment(role.variable))
        let account = try ServerAccount()
        let root = (storage == .memory ? ServerAccount.memoryRoot : nil) ?? account.temporaryRoot
        folder = try account.makePrivateDirectory(prefix: "scry-\(role.rawValue)", in: root)
        supervisor = try Supervisor(
            folder: folder, command: account.command([programs.path("postgres"), "-D", folder + "/data"]))
        state = Mutex(
            State(
                files: ClusterFiles(
                    folder: folder, port: listensOnTCP ? try ClusterFiles.freePort() : 5432, listensOnTCP: listensOnTCP,
                    settings: role.settings.merging(settings) { _, given in given }, accessRules: accessRules)))
        try account.makeOwnDirectory(dataDirectory)
        try ClusterTemplate(programs: programs, account: account).unpack(into: dataDirectory)
    }

    // MARK: Running

    public var isRunning: Bool { state.withLock { state in state.running.map { !$0.hasEnded } ?? false } }

    /// The postmaster's; nil while it does not run.
    public var processID: Int32? {
        state.withLock { state in state.running.flatMap { $0.hasEnded ? nil : $0.pid } }
    }

    /// Returns when the server accepts connections; at once where it runs already.
    ///
    /// Throws with the end of the server's log where it does not come up.
    public func start() throws(PostgresError) {
        try state.withLock { state throws(PostgresError) in
            if let running = state.running, !running.hasEnded { return }
            state.running = nil
            try state.files.write(to: dataDirectory)
            let logSize = logText().utf8.count
            let alive = try FileDescriptor.open(folder + "/alive", O_RDONLY | O_NONBLOCK)
            let running = Running(pid: try supervisor.start(), alive: alive)
            try waitUntilReady(running, logSize: logSize)
            state.running = running
        }
    }

    /// Returns when the server and all its processes are gone; at once where it does not run.
    public func stop(_ mode: StopMode = .fast) throws(PostgresError) { try end(mode.signal) }

    /// Kills the postmaster and its processes (SIGKILL), as a power cut would. An orphan would notice by itself, but before
    /// version 15 a process that waits for the statistics collector does so for up to 20 s.
    public func kill() throws(PostgresError) { try end(SIGKILL) }

    public func restart(_ mode: StopMode = .fast) throws(PostgresError) {
        try stop(mode)
        try start()
    }

    private func end(_ signal: Int32) throws(PostgresError) {
        try state.withLock { state throws(PostgresError) in
            guard let running = state.running else { return }
            if !running.hasEnded {
                let children = signal == SIGKILL ? childProcesses(of: running.pid) : []
                for pid in [running.pid] + children { _ = Glibc.kill(pid, signal) }
            }
            guard running.alive.waitUntilReadable(milliseconds: 60_000) else {
                throw PostgresError(
                    "the private server in \"\(folder)\" did not stop within 60 s",
                    hint: "See its log, \"\(logPath)\"; stop it with the mode immediate.", sqlState: .objectInUse)
            }
            state.running = nil
        }
    }

    private func childProcesses(of pid: pid_t) -> [pid_t] {
        guard let file = try? FileDescriptor.open("/proc/\(pid)/task/\(pid)/children", O_RDONLY) else { return [] }
        return file.readToEnd().split(separator: " ").compactMap { pid_t($0) }
    }

    /// The postmaster writes its state into the eighth line of postmaster.pid (10 and later), as pg_ctl reads it.
    private func waitUntilReady(_ running: Running, logSize: Int) throws(PostgresError) {
        let deadline = ContinuousClock.now + .seconds(60)
        while !isReady(running.pid) {
            if running.alive.waitUntilReadable(milliseconds: 5) {
                let written = String(logText().utf8.dropFirst(logSize)) ?? ""
                throw PostgresError(
                    "the private server in \"\(folder)\" did not start", detail: ProgramRun.lastLines(written),
                    hint: "Mend what the server's log complains of.", sqlState: .cannotConnectNow)
            }
            if ContinuousClock.now > deadline {
                _ = Glibc.kill(running.pid, SIGQUIT)
                throw PostgresError(
                    "the private server in \"\(folder)\" did not start within 60 s",
                    detail: ProgramRun.lastLines(logText()), hint: "See which other programs keep this machine busy.",
                    sqlState: .cannotConnectNow)
            }
        }
    }

    private func isReady(_ pid: pid_t) -> Bool {
        guard let file = try? FileDescriptor.open(dataDirectory + "/postmaster.pid", O_RDONLY) else { return false }
        let lines = file.readToEnd().split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 7 && lines[0] == String(pid) && lines[7].hasPrefix("ready")
    }

    /// All that the server has logged.
    public func logText() -> String {
        (try? FileDescriptor.open(logPath, O_RDONLY))?.readToEnd() ?? ""
    }

    // MARK: Configuration

    /// Changes settings and makes a running server read them; those that need it take effect with `restart()`.
    public func configure(_ settings: [String: String]) throws(PostgresError) {
        try rewrite { $0.settings.merge(settings) { _, new in new } }
    }

    /// Exchanges pg_hba.conf (nil trusts everybody again) and makes a running server read it.
    public func setAccessRules(_ rules: String?) throws(PostgresError) { try rewrite { $0.accessRules = rules } }

    /// Puts a file into the data directory, for the server's account alone: a certificate, its key, pg_ident.conf.
    public func addFile(_ name: String, _ text: String) throws(PostgresError) {
        let path = "\(dataDirectory)/\(name)"
        let file = try FileDescriptor.open(path, O_CREAT | O_WRONLY | O_TRUNC)
        let account = try ServerAccount()
        if account.isOther, fchown(file.number, account.uid, account.gid) != 0 {
            throw .system("could not hand over \"\(path)\"")
        }
        try file.write(text)
    }

    private func rewrite(_ change: (inout ClusterFiles) -> Void) throws(PostgresError) {
        try state.withLock { state throws(PostgresError) in
            change(&state.files)
            try state.files.write(to: dataDirectory)
            if let running = state.running { _ = Glibc.kill(running.pid, SIGHUP) }
        }
    }

    /// Keeps the folder when this object or process ends; the server is then shut down in order.
    public func keepFolder() throws(PostgresError) { try supervisor.keep() }

    /// A variable for the environment of processes that are to end with the server: an engine that works for it.
    public var dependentMark: (name: String, value: String) { (Supervisor.dependentVariable, folder) }

    // MARK: Connecting

    public var port: Int { state.withLock { $0.files.port } }

    /// Parameters for the server: by its socket, or with `overTCP` by its port of 127.0.0.1.
    public func connectionString(
        database: String = "postgres", user: String = "postgres", overTCP: Bool = false
    ) -> ConnectionString {
        ConnectionString([
            "host": overTCP ? "127.0.0.1" : folder, "port": String(port), "dbname": database, "user": user,
        ])
    }

    /// A connection that belongs to the calling thread.
    public func connect(database: String = "postgres", user: String = "postgres") throws(PostgresError) -> Connection {
        try Connection(connectionString(database: database, user: user), interrupt: Interrupt())
    }

    /// - Parameter encoding: as PostgreSQL names it, with the locale C; nil for the server's own.
    public func createDatabase(_ name: String, encoding: String? = nil) throws(PostgresError) {
        let options =
            encoding.map { " TEMPLATE template0 ENCODING \(quoteLiteral($0)) LC_COLLATE 'C' LC_CTYPE 'C'" } ?? ""
        try run("CREATE DATABASE \(quoteIdentifier(name))\(options)")
    }

    /// Runs statements on a connection of their own, several of them as one transaction.
    public func run(_ script: String, database: String = "postgres") throws(PostgresError) {
        try connect(database: database).query(script)
    }
}

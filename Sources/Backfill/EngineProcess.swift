internal import Glibc
public import Postgres

/// An engine in a process of its own, with a session of its own, so that it outlives the shell that started it and no
/// terminal's signals reach it.
public struct EngineProcess: Sendable {
    public let pid: Int32

    /// Starts `program` with `arguments`; its output is appended to the file `log`, which only the user may read.
    ///
    /// - Parameter environment: the child's whole environment. Connection strings go here and not into the arguments, which
    ///   every user of the machine can see.
    public init(
        _ program: String, _ arguments: [String], environment: [String: String], log: String
    ) throws(PostgresError) {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | Self.newSession)

        var pid: pid_t = 0
        let words = [program] + arguments
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let status = unsafe Self.withPointers(words) { argv in
            unsafe Self.withPointers(variables) { envp in
                unsafe posix_spawn(&pid, program, &actions, &attributes, argv, envp)
            }
        }
        guard status == 0 else {
            throw PostgresError(
                "could not start the engine: \(unsafe String(cString: strerror(status)))",
                hint: "Check the folder of its log, \"\(log)\", and the limit on processes (ulimit -u).",
                sqlState: .ioError)
        }
        self.pid = pid
    }

    /// POSIX_SPAWN_SETSID of glibc's spawn.h, which Swift does not see behind its feature test.
    private static let newSession: Int16 = 0x80

    /// The exit status, 128 and more for a signal; nil while the process runs.
    public func exitStatus() -> Int? {
        var status: Int32 = 0
        guard unsafe waitpid(pid, &status, WNOHANG) == pid else { return nil }
        let signal = Int(status & 0x7F)
        return signal == 0 ? Int(status >> 8 & 0xFF) : 128 + signal
    }

    private static func withPointers<Value>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { while let pointer = unsafe pointers.popLast() { unsafe free(pointer) } }
        return unsafe body(pointers)
    }
}

import Glibc
import Libpq
import Postgres

/// A program started without a shell, with default signals, an empty signal mask, and the three descriptors given; all
/// others that this module opens are closed in it.
struct ChildProcess {
    let pid: pid_t

    /// Starts `arguments[0]`, looked up on PATH.
    init(_ arguments: [String], input: Int32, output: Int32, errors: Int32) throws(PostgresError) {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var pid: pid_t = 0
        let status = unsafe Self.withPointers(arguments) { argv in
            unsafe Self.withPointers(Self.environment) { environment in
                unsafe posix_spawnp(&pid, arguments[0], &actions, &attributes, argv, environment)
            }
        }
        guard status == 0 else {
            throw PostgresError(
                "could not start \"\(arguments[0])\": \(unsafe String(cString: strerror(status)))",
                hint: "Install the program, or put its folder on PATH.", sqlState: .undefinedFile)
        }
        self.pid = pid
    }

    /// Waits for the end: the exit status, or 128 and the signal's number, as a shell has it.
    func wait() -> Int {
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        let signal = Int(status & 0x7F)
        return signal == 0 ? Int(status >> 8 & 0xFF) : 128 + signal
    }

    /// Runs a program to its end. Throws with the end of what it wrote where it fails.
    static func run(_ arguments: [String]) throws(PostgresError) {
        let null = try FileDescriptor.open("/dev/null", O_RDWR)
        let (reading, writing) = try FileDescriptor.pipe()
        let child = try ChildProcess(arguments, input: null.number, output: writing.number, errors: writing.number)
        writing.close()
        let written = reading.readToEnd()
        let status = child.wait()
        guard status == 0 else {
            throw PostgresError(
                "\"\(arguments.joined(separator: " "))\" failed with exit status \(status)",
                detail: lastLines(written), hint: "Mend what the program complains of, then try again.",
                sqlState: .ioError)
        }
    }

    /// The last ten lines, the part that tells why.
    static func lastLines(_ text: String) -> String {
        text.split(separator: "\n").suffix(10).joined(separator: "\n")
    }

    /// PostgreSQL's own variables (PGDATA, PGPORT, PGOPTIONS …) and the user's locale must not reach a private server.
    private static var environment: [String] {
        ["PATH=" + (ServerPrograms.environment("PATH") ?? "/usr/bin:/bin"), "LC_ALL=C", "TZ=UTC"]
    }

    private static func withPointers<Value>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
        defer { while let pointer = unsafe pointers.popLast() { unsafe free(pointer) } }
        return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            // The array is never empty: it has at least the closing nil.
            unsafe body(UnsafePointer(buffer.baseAddress.unsafelyUnwrapped))
        }
    }
}

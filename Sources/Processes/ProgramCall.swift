import Glibc

/// A program to be started, with its arguments and surroundings; no shell reads them.
///
/// The other descriptors of this process are not passed on as long as they were opened with O_CLOEXEC; to a program with a
/// session of its own, none is.
public struct ProgramCall: Sendable {
    /// Where one of the standard streams leads.
    public enum Stream: Hashable, Sendable {
        /// Where this process's own leads.
        case inherited
        /// /dev/null.
        case null
        case descriptor(Int32)
        /// The end of a file, which is made for this user alone where it is missing.
        case appending(String)
    }

    public enum Signals: Hashable, Sendable {
        /// As for a program that nobody has called: all signals have their defaults, and none is blocked.
        case standard
        /// As this process got them from its own caller, so that what nohup(1) ignores stays ignored: only those that a
        /// program for the terminal handles itself (SIGINT, SIGQUIT, SIGPIPE) get their defaults back.
        case ofTheTerminal
    }

    /// A path, or a name that is looked up on this process's PATH.
    public var program: String
    /// The name under which the program is called, its `argv[0]`.
    public var name: String
    public var arguments: [String]
    /// The whole of it; nil passes this process's own on.
    public var environment: [String: String]?
    public var input = Stream.null
    public var output = Stream.inherited
    public var errors = Stream.inherited
    public var signals = Signals.standard
    /// A session of its own (setsid(2)): no terminal's signals reach it, and it outlives whoever started it.
    public var hasOwnSession = false

    public init(
        _ program: String, _ arguments: [String] = [], name: String? = nil, environment: [String: String]? = nil
    ) {
        self.program = program
        self.name = name ?? program
        self.arguments = arguments
        self.environment = environment
    }

    /// Throws where the program is not found or the system has no room for another process.
    public func start() throws(SystemFailure) -> ChildProcess {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in [(Int32(0), input), (1, output), (2, errors)] {
            switch stream {
            case .inherited: break
            case .null: unsafe posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
            case .descriptor(let descriptor):
                unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            case .appending(let path):
                let flags = O_WRONLY | O_CREAT | O_APPEND
                unsafe posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o600)
            }
        }

        // A descriptor that a program of long life keeps open makes others wait: a lock, the end of a pipe that
        // somebody reads.
        if hasOwnSession {
            for number in openDescriptors() where number > 2 {
                unsafe posix_spawn_file_actions_addclose(&actions, number)
            }
        }

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var flags = Int16(POSIX_SPAWN_SETSIGDEF) | (hasOwnSession ? Self.newSession : 0)
        var set = sigset_t()
        unsafe sigemptyset(&set)
        switch signals {
        case .standard:
            unsafe posix_spawnattr_setsigmask(&attributes, &set)
            flags |= Int16(POSIX_SPAWN_SETSIGMASK)
            unsafe sigfillset(&set)
        case .ofTheTerminal:
            for signal in [SIGINT, SIGQUIT, SIGPIPE] { unsafe sigaddset(&set, signal) }
        }
        unsafe posix_spawnattr_setsigdefault(&attributes, &set)
        unsafe posix_spawnattr_setflags(&attributes, flags)

        var pid: pid_t = 0
        let status = unsafe withCStrings([name] + arguments) { argv in
            guard let environment else {
                return unsafe posix_spawnp(&pid, program, &actions, &attributes, argv, environ)
            }
            return unsafe withCStrings(environment.map { "\($0.key)=\($0.value)" }) { envp in
                unsafe posix_spawnp(&pid, program, &actions, &attributes, argv, envp)
            }
        }
        guard status == 0 else { throw SystemFailure(status) }
        return ChildProcess(pid: pid)
    }

    /// POSIX_SPAWN_SETSID of glibc's spawn.h, which Swift does not import since it stands under a feature test.
    private static let newSession: Int16 = 0x80
}

/// The descriptors that this process has open (proc(5)). To close one in a child does no harm where it has been closed
/// meanwhile.
private func openDescriptors() -> [Int32] {
    guard let folder = unsafe opendir("/proc/self/fd") else { return [] }
    defer { unsafe closedir(folder) }
    var numbers: [Int32] = []
    while let entry = unsafe readdir(folder) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if let number = Int32(name) { numbers.append(number) }
    }
    return numbers
}

/// Lends a NULL-ended array of C strings, for exec.
private func withCStrings<Value>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { while let pointer = unsafe pointers.popLast() { unsafe free(pointer) } }
    return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
        // An array that has at least its NULL has a base address.
        unsafe body(buffer.baseAddress.unsafelyUnwrapped)
    }
}

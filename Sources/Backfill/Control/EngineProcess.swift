public import Postgres
internal import Processes

/// An engine in a process of its own, with a session of its own, so that it outlives the shell that started it and no
/// terminal's signals reach it.
public struct EngineProcess: Sendable {
    private let process: ChildProcess
    public var pid: Int32 { process.pid }

    /// Starts `program` with `arguments`; its output is appended to the file `log`, which only the user may read.
    ///
    /// - Parameter environment: the child's whole environment. Connection strings go here and not into the arguments, which
    ///   every user of the machine can see.
    public init(
        _ program: String, _ arguments: [String], environment: [String: String], log: String
    ) throws(PostgresError) {
        var call = ProgramCall(program, arguments, environment: environment)
        call.output = .appending(log)
        call.errors = .appending(log)
        call.hasOwnSession = true
        do throws(SystemFailure) {
            process = try call.start()
        } catch {
            throw PostgresError(
                "could not start the engine: \(error.description)",
                hint: "Check the folder of its log, \"\(log)\", and the limit on processes (ulimit -u).",
                sqlState: .ioError)
        }
    }

    /// The exit status, 128 and more for a signal; nil while the process runs.
    public func exitStatus() -> Int? { process.statusIfEnded()?.code }
}

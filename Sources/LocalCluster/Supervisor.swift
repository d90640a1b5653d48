import Glibc
import Postgres
import Processes

/// The process between this one and a private server, which sees to it that the server and its folder never outlive this
/// process, however that ends.
///
/// It is a shell that reads orders from a pipe whose other end only this process holds. When that end closes (by
/// deinit, by exit, by SIGKILL) it shuts the server down and removes the folder. It has a session of its own, so that the
/// terminal's Ctrl-C does not reach it or the server.
///
///     us → it    start        runs the server; answers with its pid
///     us → it    keep         at the end, shut down in order and leave the folder
///     us → it    (closed)     the end
///
/// At the end it first ends the processes that were started for the server's sake and carry its mark in their environment
/// (`dependentVariable`): SIGTERM, and SIGKILL to what is left after 5 s. So a detached engine of a private server does
/// not go on looking for it.
///
/// The server's processes share the write end of the FIFO `alive` in the folder: its reader sees the end of file when the
/// last of them is gone, which is later than the postmaster's end after a crash, and the moment from which the data
/// folder can be started again.
final class Supervisor: Sendable {
    private let child: ChildProcess
    private let orders: FileDescriptor
    private let answers: FileDescriptor

    /// The server's process is the shell's child until the next start or the end reaps it; so its pid stays its own.
    private static let program = """
        folder=$1 mark=$2; shift 2
        server= keep=
        while read -r order; do
            case $order in
            start)
                [ -z "$server" ] || wait "$server"
                "$@" </dev/null >>"$folder/log" 2>&1 3>"$folder/alive" &
                server=$!
                echo "$server" ;;
            keep)
                keep=yes ;;
            esac
        done
        rounds=0
        while dependents=$(grep -lsxzF "$mark" /proc/[0-9]*/environ | cut -d/ -f3); [ -n "$dependents" ]; do
            if [ $rounds = 0 ]; then kill -TERM $dependents; elif [ $rounds -gt 100 ]; then kill -KILL $dependents; fi
            rounds=$((rounds + 1))
            sleep 0.05
        done
        # A server that just begins may ignore the signal, one that is stopped (SIGSTOP) does not see it: repeat it.
        while [ -n "$server" ] && [ -e "/proc/$server/exe" ]; do
            if [ -n "$keep" ]; then kill -INT "$server"; else kill -QUIT "$server"; fi
            kill -CONT "$server"
            sleep 0.03
        done
        # After a crash the last of the server's processes may still be writing.
        [ -n "$keep" ] || rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder"; }
        """

    static let dependentVariable = "SCRY_BACKFILL_PRIVATE_SERVER"

    /// Watches over `folder`, whose server `command` runs.
    init(folder: String, command: [String]) throws(PostgresError) {
        guard unsafe mkfifo(folder + "/alive", 0o600) == 0 else {
            throw .system("could not create a FIFO in \(folder)")
        }
        let orderPipe = try FileDescriptor.pipe()
        let answerPipe = try FileDescriptor.pipe()
        var call = ProgramCall(
            "sh", ["-c", Self.program, "sh", folder, "\(Self.dependentVariable)=\(folder)"] + command,
            environment: ServerPrograms.environment)
        call.input = .descriptor(orderPipe.reading.number)
        call.output = .descriptor(answerPipe.writing.number)
        call.errors = .null
        call.hasOwnSession = true
        do throws(SystemFailure) { child = try call.start() } catch { throw call.notStarted(error) }
        orders = orderPipe.writing
        answers = answerPipe.reading
    }

    /// Ends the server and waits until the folder is gone (or, after `keep()`, the server has shut down).
    deinit {
        orders.close()
        _ = child.wait()
    }

    /// Starts the server: its pid.
    func start() throws(PostgresError) -> pid_t {
        try orders.write("start\n", toPipe: true)
        var line = ""
        while !line.hasSuffix("\n"), let bytes = answers.readSome() { line += String(decoding: bytes, as: UTF8.self) }
        guard let pid = pid_t(line.dropLast()) else {
            throw PostgresError(
                "the private server's watchdog has ended", hint: "Begin anew with another private server.",
                sqlState: .notInPrerequisiteState)
        }
        return pid
    }

    func keep() throws(PostgresError) { try orders.write("keep\n", toPipe: true) }
}

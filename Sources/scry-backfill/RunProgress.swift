import Backfill
import Configuration
import Glibc
internal import Job
import Libpq
import Postgres

/// How the job stands, on one line of the terminal, drawn anew each second. It reads what the engine commits, with
/// connections of its own: what is shown is what is safe.
struct RunProgress: Sendable {
    private let settings: JobSettings
    /// Fired when there is nothing more to show.
    let ended: Interrupt

    init(_ settings: JobSettings, ended: Interrupt) {
        self.settings = settings
        self.ended = ended
    }

    /// Draws until `ended`. A server that cannot be reached is the engine's to report; the line waits for it.
    func show() {
        var servers: (source: Connection, shadow: Connection)?
        while Wait.poll([], interrupt: ended, milliseconds: 1000) == .timedOut {
            do throws(PostgresError) {
                let open = if let servers { servers } else { try connect() }
                servers = open
                draw(Self.line(try status(open)))
            } catch {
                servers = nil
            }
        }
        draw("")
    }

    /// The line once, from new connections.
    func line() throws(PostgresError) -> String { Self.line(try status(try connect())) }

    private func connect() throws(PostgresError) -> (source: Connection, shadow: Connection) {
        let interrupt = try Interrupt()
        return (
            try Connection(settings.source, interrupt: interrupt), try Connection(settings.shadow, interrupt: interrupt)
        )
    }

    private func status(_ servers: (source: Connection, shadow: Connection)) throws(PostgresError) -> JobStatus {
        try JobControl(servers.shadow, slot: settings.slot).status(source: servers.source)
    }

    static func line(_ status: JobStatus) -> String {
        var parts = [
            status.state.rawValue, "\(status.tables.ready) of \(status.tables.total) tables",
            "\(status.rowsCopied) rows, \(byteText(status.bytesCopied)) copied",
        ]
        if let applied = status.appliedLSN { parts.append("at \(applied)") }
        if let lag = status.lag.bytes { parts.append("lag \(byteText(Int(clamping: lag)))") }
        return parts.joined(separator: " | ")
    }

    private func draw(_ line: String) {
        var bytes = Array("\r\u{1B}[K\(line)".utf8)
        _ = unsafe write(2, &bytes, bytes.count)
    }
}

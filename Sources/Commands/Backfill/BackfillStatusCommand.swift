internal import Backfill
internal import Job
internal import Libpq
internal import Postgres

extension Command {
    static let backfillStatus = Command("backfill status", "", help: "show how the job stands") {
        context, arguments throws(PostgresError) in
        let control = try context.jobControl()
        var source: Connection?
        var blocks: [Output.Block] = []
        do throws(PostgresError) {
            source = try context.source.connection()
        } catch {
            guard error.origin != .interrupted else { throw error }
            blocks = [
                .warning("the lag is not known, as the source cannot be asked: \(error.message)", hint: error.hint)
            ]
        }
        let status = try control.status(source: source)
        var fields: [(label: String, value: String)] = [
            ("State", status.state.rawValue), ("Mode", status.mode?.rawValue ?? "-"), ("Slot", status.slot),
            ("Publication", status.publication ?? "-"), ("Engine", engine(status)),
            ("Tables", tables(status.tables)),
            ("Copied", copied(status)),
            ("Applied", status.appliedLSN?.description ?? "-"), ("Source", status.sourceLSN?.description ?? "-"),
            ("Lag", lag(status.lag)),
        ]
        if let rows = status.rates.rowsPerSecond, let bytes = status.rates.bytesPerSecond {
            fields.append(("Rate", "\(Int(rows.rounded())) rows/s, \(rateText(bytes))"))
            fields.append(("ETA", status.etaSeconds.map { "about \(durationText($0))" } ?? "-"))
        }
        if let wal = status.wal { fields.append(("WAL held", held(wal))) }
        if let throttle = status.throttle { fields.append(("Throttle", throttleText(throttle))) }
        if let error = status.error {
            fields.append(("Error", "\(error.message) (\(error.sqlstate), \(error.at))"))
            if let detail = error.detail { fields.append(("Detail", detail)) }
            if let hint = error.hint { fields.append(("Hint", hint)) }
            if status.engine.running { fields.append(("Retry", "the engine tries again by itself until it passes")) }
        }
        if status.state == .none { fields = [("State", "none"), ("Slot", status.slot)] }
        return Output([.fields(title: nil, fields)] + blocks, document: status)
    }

    private static func engine(_ status: JobStatus) -> String {
        if let missing = status.missingEngine {
            return missing.isGone
                ? "not running: pid \(missing.pid) on host \(missing.host) was killed; \\backfill start goes on from here"
                : "not running: pid \(missing.pid) on host \(missing.host) was killed, or has lost its connection and is trying again"
        }
        let engine = status.engine
        guard engine.running else { return "not running" }
        return
            "running, pid \(engine.pid.map(String.init) ?? "?") on \(engine.host ?? "?") since \(engine.since ?? "?")"
    }

    private static func held(_ wal: JobStatus.WAL) -> String {
        var parts = [wal.retainedBytes.map { byteText($0) } ?? "-"]
        if let level = wal.level, level != .normal { parts.append("over the monitor's \(level.rawValue) threshold") }
        if let status = wal.walStatus { parts.append("wal_status \(status)") }
        return parts.joined(separator: ", ")
    }

    private static func tables(_ tables: JobStatus.Tables) -> String {
        var parts = ["\(tables.ready) of \(tables.total) ready"]
        if tables.copying > 0 { parts.append("\(tables.copying) being copied") }
        if tables.pending > 0 { parts.append("\(tables.pending) waiting") }
        return parts.joined(separator: ", ")
    }

    private static func copied(_ status: JobStatus) -> String {
        let percent = status.percentCopied.map { ", about \(Int($0)) %" } ?? ""
        return "\(status.rowsCopied) rows, \(byteText(status.bytesCopied))\(percent)"
    }

    private static func lag(_ lag: JobStatus.Lag) -> String {
        guard let bytes = lag.bytes else { return "-" }
        let seconds = lag.seconds.map { ", \(Int($0.rounded())) s" } ?? ""
        return "\(byteText(Int(clamping: bytes)))\(seconds)"
    }
}

internal import Backfill
internal import Catalog
internal import Job
internal import Libpq
internal import Postgres

extension Command {
    static let wal = Command(
        "wal", "", help: "show the WAL that each slot retains, how fast it grows, and when a limit is reached"
    ) { context, arguments throws(PostgresError) in
        let report = try WalReport(context)
        var blocks: [Output.Block] = [.table(table(report)), .fields(title: nil, fields(report))]
        blocks += report.warnings.map { .warning($0.message, hint: $0.hint) }
        return Output(blocks, document: WalDocument(report))
    }

    private static func table(_ report: WalReport) -> OutputTable {
        let columns: [OutputTable.Column] = [
            .init("slot"), .init("active (pid)"), .init("wal_status"), .init("retained WAL", rightAligned: true),
            .init("growth", rightAligned: true), .init("safe WAL size", rightAligned: true), .init("limit in"),
            .init("monitor"),
        ]
        let rows = report.slots.map { entry -> [String?] in
            let slot = entry.slot
            return [
                slot.name, slot.holder.map { "t (\($0.processID))" } ?? booleanText(slot.isActive),
                slot.walStatus?.rawValue, slot.retainedBytes.map(byteText),
                entry.rate.map { rateText($0, signed: true) }, slot.safeWALSize.map(byteText),
                limit(entry), entry.level?.rawValue,
            ]
        }
        return OutputTable(title: "WAL retained by replication slots", columns: columns, rows: rows)
    }

    private static func limit(_ entry: WalReport.Slot) -> String? {
        switch entry.limit {
        case .keepSize(let seconds): durationText(seconds)
        case .disk(let seconds): "\(durationText(seconds)) (disk)"
        case .notGrowing: "not growing"
        case .unknown: nil
        }
    }

    private static func fields(_ report: WalReport) -> [(label: String, value: String)] {
        var fields: [(label: String, value: String)] = []
        let over = report.growth.map { growth in
            "over \(durationText(growth.seconds))" + (growth.isFromEngine ? ", by the engine's samples" : "")
        }
        fields.append(("WAL written", report.growth.map { "\(rateText($0.serverRate)) (\(over ?? ""))" } ?? "-"))
        fields.append(
            (
                "pg_wal",
                report.files.map { "\(byteText($0.bytes)) in \($0.count) files" }
                    ?? "not visible to this role; GRANT pg_monitor TO it shows it"
            ))
        fields.append(
            (
                "Disk",
                report.disk.map { "\(byteText($0.free)) free of \(byteText($0.total))" }
                    ?? "not known: a server does not report it, and this one is on another machine, or hidden from this role or user"
            ))
        fields.append(
            (
                "Limit",
                report.keepSize.map { "max_slot_wal_keep_size \(byteText($0))" }
                    ?? (report.hasKeepSize
                        ? "none (max_slot_wal_keep_size is -1): the disk is the limit"
                        : "none (max_slot_wal_keep_size came with 13): the disk is the limit")
            ))
        fields.append(("Settings", report.settings.map { "\($0.name) \($0.text)" }.joined(separator: ", ")))
        let monitor = report.monitor
        fields.append(
            (
                "Monitor",
                monitor.isEnabled
                    ? "warning at \(byteText(monitor.warning)), critical at \(byteText(monitor.critical)), then \(monitor.onCritical.rawValue); a sample every \(monitor.interval) s"
                    : "off (wal_monitor.enabled)"
            ))
        return fields
    }
}

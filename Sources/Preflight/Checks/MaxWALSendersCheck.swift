internal import Postgres

extension Preflight {
    static let maxWALSenders = Check("max_wal_senders", "WAL senders", needs: [.source, .replication]) {
        examination throws(PostgresError) in
        let usage = try examination.walSenders()
        if examination.context.engineIsRunning { return .pass("the engine has its own; \(usage)", found: "\(usage)") }
        guard usage.free < 1 else { return .pass("\(usage)", found: "\(usage)") }
        let advice = SettingAdvice("max_wal_senders", "\(usage.total + 5)", examination.service)
        return .fail(
            "no WAL sender is free", found: "\(usage)", needed: "1 free", hint: advice.hint, fix: advice.fix)
    }
}

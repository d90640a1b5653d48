internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

extension Preflight {
    static let maxWALSenders = Check("max_wal_senders", "WAL senders", needs: [.source, .replication]) {
        examination throws(PostgresError) in
        let source = try examination.readSource()
        var used = 0
        for row in try source.query(.preflightWalSenders).rows { used = try row.int("used") }
        let usage = Usage(total: try source.limit("max_wal_senders"), used: used)
        if examination.context.engineIsRunning { return .pass("the engine has its own; \(usage)", found: "\(usage)") }
        guard usage.free < 1 else { return .pass("\(usage)", found: "\(usage)") }
        let advice = SettingAdvice("max_wal_senders", "\(usage.total + 5)", examination.service)
        return .fail(
            "no WAL sender is free", found: "\(usage)", needed: "1 free", hint: advice.hint, fixSQL: advice.fixSQL)
    }
}

extension Connection {
    /// A setting that is a count.
    func limit(_ name: String) throws(PostgresError) -> Int {
        guard let value = try settings(name)[name].flatMap({ Int($0.value) }) else {
            throw PostgresError("the server does not tell \(name)", sqlState: .undefinedObject)
        }
        return value
    }
}

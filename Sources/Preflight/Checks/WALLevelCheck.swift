internal import Catalog
internal import Postgres

extension Preflight {
    static let walLevel = Check("wal_level", "WAL level", needs: [.source, .replication]) {
        examination throws(PostgresError) in
        let setting = try examination.readSource().settings("wal_level")["wal_level"]
        let found = setting?.value ?? "unknown"
        if found == "logical" { return .pass("wal_level is logical", found: found) }
        let advice = SettingAdvice("wal_level", "logical", examination.service)
        if setting?.isPendingRestart == true {
            return .fail(
                "wal_level is \(found) until the server is restarted", found: found, needed: "logical",
                hint: "A changed value waits in the configuration; restart the server.")
        }
        return .fail(
            "wal_level is \(found)", found: found, needed: "logical", hint: advice.hint, fixSQL: advice.fixSQL)
    }
}

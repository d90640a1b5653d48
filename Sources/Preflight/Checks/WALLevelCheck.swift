internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

extension Preflight {
    static let walLevel = Check("wal_level", "WAL level", needs: [.source, .replication]) {
        examination throws(PostgresError) in
        let setting = examination.settings["wal_level"]
        let found = setting?.value ?? "unknown"
        if found == "logical" { return .pass("wal_level is logical", found: found) }
        if setting?.isPendingRestart == true {
            return .fail(
                "wal_level is \(found) until the server is restarted", found: found, needed: "logical",
                hint: "A changed value waits in the configuration; restart the server.")
        }
        let advice = SettingAdvice("wal_level", "logical", examination.service)
        guard let service = examination.service, let own = service.logicalSwitch, own.setting != "wal_level" else {
            return .fail("wal_level is \(found)", found: found, needed: "logical", hint: advice.hint, fix: advice.fix)
        }
        let value = try value(of: own.setting, examination.readSource())
        let needed = "\(own.setting) \(own.value), which makes wal_level logical"
        guard let value, ["1", "on", "true"].contains(value) else {
            return .fail(
                "wal_level is \(found)", found: "\(found), \(own.setting) \(value ?? "not set")", needed: needed,
                hint: advice.hint)
        }
        return .fail(
            "wal_level is \(found) until the server is restarted", found: "\(found), \(own.setting) \(value)",
            needed: needed, hint: "\(service) applies \(own.setting) when the instance is rebooted; reboot it.")
    }

    private static func value(of setting: String, _ source: any CatalogReader) throws(PostgresError) -> String? {
        for row in try source.read(.preflightCustomSetting, [setting]).rows {
            guard let value = try row.optionalString("value"), !value.isEmpty else { return nil }
            return value
        }
        return nil
    }
}

internal import Postgres

extension PinnedSetting {
    /// Sets them for the session: one statement without parameters, as a walsender takes it.
    static func statement(_ settings: [PinnedSetting]) -> String {
        let calls = settings.map { setting in
            "pg_catalog.set_config(\(quoteLiteral(setting.name)), \(quoteLiteral(setting.value)), false)"
        }
        return "SELECT \(calls.joined(separator: ", "))"
    }
}

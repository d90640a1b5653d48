internal import Libpq
public import Postgres
internal import Scripts

/// A setting in force (`pg_settings`).
public struct Setting: Hashable, Sendable {
    public var value: String
    /// `8kB`, `MB`, `ms`, …; nil for a plain value.
    public var unit: String?
    /// A changed value waits for a restart of the server.
    public var isPendingRestart: Bool
}

extension CatalogReader {
    /// Settings by name, without those that the server does not know.
    public func settings(_ names: String...) throws(PostgresError) -> [String: Setting] {
        var settings: [String: Setting] = [:]
        for row in try read(.catalogSettings, [ArrayText.text(names)]).rows {
            settings[try row.string("name")] = Setting(
                value: try row.string("setting"), unit: try row.optionalString("unit"),
                isPendingRestart: try row.bool("pending_restart"))
        }
        return settings
    }
}

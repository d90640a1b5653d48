internal import Libpq
public import Postgres
internal import Scripts

/// A line of postgresql.conf or of a file that it includes, as it is now (`pg_file_settings`).
public struct ConfigurationLine: Hashable, Sendable {
    /// Nil where the server names none.
    public var file: String?
    public var number: Int?
    /// Nil for a line that cannot be read.
    public var name: String?
    public var value: String?
    /// It has effect, or will have at the next reload: no later line overrides it.
    public var isApplied: Bool
    /// Why it has no effect; also set where it waits for a restart.
    public var error: String?
}

/// A setting's value in force, and whether another waits for a restart.
public struct SettingState: Hashable, Sendable {
    /// With its unit: `128 8kB`.
    public var value: String
    public var isPendingRestart: Bool
}

/// When a session's process last read the configuration, and what of the files its role may see.
public struct ConfigurationTime: Hashable, Sendable {
    /// As the server writes it; for comparing only.
    public var loaded: String
    public var mayReadLines: Bool
    /// Those of pg_hba.conf.
    public var mayReadRules: Bool
}

extension CatalogReader {
    public func configurationTime() throws(PostgresError) -> ConfigurationTime {
        guard let row = try read(.catalogConfigurationTime).rows.first else {
            throw PostgresError("the server did not say when it was configured", sqlState: .protocolViolation)
        }
        return ConfigurationTime(
            loaded: try row.string("loaded"), mayReadLines: try row.bool("may_read_lines"),
            mayReadRules: try row.bool("may_read_rules"))
    }

    /// The lines of the configuration files, in their order. Needs EXECUTE on pg_show_all_file_settings().
    public func configurationLines() throws(PostgresError) -> [ConfigurationLine] {
        var lines: [ConfigurationLine] = []
        for row in try read(.catalogConfigurationLines).rows {
            lines.append(
                ConfigurationLine(
                    file: try row.optionalString("file"), number: try row.optionalInt("line"),
                    name: try row.optionalString("name"), value: try row.optionalString("value"),
                    isApplied: try row.bool("applied"), error: try row.optionalString("error")))
        }
        return lines
    }

    /// The settings that this session's role may see, by name, as they are without SET.
    public func settingStates() throws(PostgresError) -> [String: SettingState] {
        var states: [String: SettingState] = [:]
        for row in try read(.catalogResetSettings).rows {
            states[try row.string("name")] = SettingState(
                value: try row.string("value"), isPendingRestart: try row.bool("pending_restart"))
        }
        return states
    }
}

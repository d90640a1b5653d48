import Libpq
public import Postgres

/// Puts the configuration together: an option before the environment, the environment before the file, the file before the
/// default. A server's connection string in one of them takes the place of all that the later ones say of that server;
/// single parts (`source.host`) win over the same parts of the string.
public struct ConfigurationLoader: Sendable {
    public enum FileChoice: Sendable {
        /// This file; it must be there.
        case named(String)
        /// `scry-backfill.toml` here, else in the user's configuration folder, else none.
        case searched
        case none
    }

    /// A key's value from the command line.
    public struct Option: Sendable {
        public let path: String
        public let value: String
        /// As it was written, for errors and for `scry-backfill config`.
        public let spelling: String

        public init(_ path: String, _ value: String, spelling: String) {
            self.path = path
            self.value = value
            self.spelling = spelling
        }
    }

    public var options: [Option]
    public var environment: [String: String]
    public var file: FileChoice

    public init(
        options: [Option] = [], environment: [String: String],
        file: FileChoice = .searched
    ) {
        self.options = options
        self.environment = environment
        self.file = file
    }

    /// Throws for a file that cannot be read, an unknown key and a value that does not fit, naming the place.
    public func load() throws(PostgresError) -> LoadedConfiguration {
        let file = try readFile()
        var state = State()
        try state.apply(fileAssignments(file))
        try state.apply(environmentAssignments())
        try state.apply(optionAssignments())
        try state.compareThresholds()
        return LoadedConfiguration(
            configuration: state.settings.assembled,
            settings: Key.all.map { state.setting(of: $0, environment: environment) }, file: file?.path)
    }

    // MARK: The three sources, each in the table's terms

    private func fileAssignments(_ file: ConfigurationFile?) throws(PostgresError) -> [Assignment] {
        guard let file else { return [] }
        var assignments: [Assignment] = []
        for entry in file.entries {
            let origin = LoadedConfiguration.Origin.file(path: file.path, line: entry.line)
            let place = "in file \"\(file.path)\" line \(entry.line)"
            assignments.append(
                Assignment(
                    key: entry.key, given: try expanded(entry, place: place), origin: origin, place: place,
                    found: entry.value.typeName))
        }
        return assignments
    }

    private func expanded(_ entry: ConfigurationFile.Entry, place: String) throws(PostgresError) -> Key.Given {
        switch entry.value {
        case .string(let string) where EnvironmentReference.occurs(in: string):
            return .text(try expanded(string, key: entry.key, place: place))
        case .list(let items):
            var list: [FileValue] = []
            for item in items {
                if case .string(let string) = item {
                    list.append(.string(try expanded(string, key: entry.key, place: place)))
                } else {
                    list.append(item)
                }
            }
            return .file(.list(list))
        default: return .file(entry.value)
        }
    }

    private func expanded(_ text: String, key: Key, place: String) throws(PostgresError) -> String {
        do throws(EnvironmentReference.Failure) {
            return try EnvironmentReference.expand(text, with: environment)
        } catch {
            switch error {
            case .unset(let name):
                throw PostgresError(
                    "environment variable \"\(name)\" is not set",
                    detail: "Configuration key \"\(key.path)\" \(place) takes its value from it.",
                    hint: "Set \(name), or write the value into the file.", sqlState: .configFileError)
            case .malformed:
                throw PostgresError(
                    "invalid variable reference in configuration key \"\(key.path)\" \(place)",
                    hint: "Write ${NAME}, a name of letters, digits and underscores.", sqlState: .configFileError)
            }
        }
    }

    /// Variables that are empty count as unset, as libpq takes its own. A name with a key's double underscore is meant for
    /// this table, so that it must be in it.
    private func environmentAssignments() throws(PostgresError) -> [Assignment] {
        let names = Set(Key.all.flatMap(\.environmentNames))
        for name in environment.keys.sorted() where name.hasPrefix(Key.environmentPrefix) && name.contains("__") {
            guard !names.contains(name) else { continue }
            throw PostgresError(
                "unrecognized configuration key in environment variable \"\(name)\"",
                hint: Self.hint(closestMatch(to: name, among: names.sorted())), sqlState: .configFileError)
        }
        return Key.all.flatMap { key in
            key.environmentNames.compactMap { name in
                guard let value = environment[name], !value.isEmpty else { return nil }
                return Assignment(
                    key: key, given: .text(value), origin: .environment(name),
                    place: "in environment variable \"\(name)\"", found: nil)
            }
        }
    }

    /// For an unknown name: the one that was meant, or where to find it.
    static func hint(_ nearest: String?) -> String {
        nearest.map { "Perhaps you meant \"\($0)\"." } ?? "\"scry-backfill config\" lists the keys."
    }

    private func optionAssignments() throws(PostgresError) -> [Assignment] {
        var assignments: [Assignment] = []
        for option in options {
            guard let key = Key.all.first(where: { $0.path == option.path }) else {
                throw PostgresError(
                    "unrecognized option \"\(option.spelling)\"",
                    hint: Self.hint(closestMatch(to: option.path, among: Key.all.map(\.path)).map { "--" + $0 }),
                    sqlState: .configFileError)
            }
            assignments.append(
                Assignment(
                    key: key, given: .text(option.value), origin: .option(option.spelling),
                    place: "in option \(option.spelling)", found: nil))
        }
        return assignments
    }
}

/// A key's value on its way in, with what an error says of it.
private struct Assignment {
    let key: Key
    let given: Key.Given
    let origin: LoadedConfiguration.Origin
    let place: String
    /// The type that the file gave.
    let found: String?
}

/// The settings so far, and what set them.
private struct State {
    var settings = Settings()
    var origins: [String: LoadedConfiguration.Origin] = [:]

    /// One source's values over those of the sources before it.
    mutating func apply(_ assignments: [Assignment]) throws(PostgresError) {
        for section in ["source", "shadow"] where assignments.contains(where: { $0.key.path == section + ".dsn" }) {
            if section == "source" {
                settings.source = ConnectionSettings()
            } else {
                settings.shadow = ConnectionSettings()
            }
            for key in Key.parts(of: section) { origins[key.path] = nil }
        }
        for assignment in assignments {
            guard assignment.key.apply(assignment.given, to: &settings) else {
                throw PostgresError(
                    "invalid value for configuration key \"\(assignment.key.path)\" \(assignment.place)",
                    detail: assignment.found.map { "It is \($0)." },
                    hint: "The value must be \(assignment.key.expectation).", sqlState: .configFileError)
            }
            origins[assignment.key.path] = assignment.origin
        }
    }

    /// A warning must come before the measures that it warns of.
    func compareThresholds() throws(PostgresError) {
        let monitor = settings.configuration.walMonitor
        guard monitor.isEnabled, monitor.warningBytes > monitor.criticalBytes else { return }
        func place(_ key: String) -> String { (origins[key] ?? .default).description }
        let keys = (warning: "wal_monitor.max_wal_bytes_warning", critical: "wal_monitor.max_wal_bytes_critical")
        throw PostgresError(
            "\(keys.warning) is above \(keys.critical)",
            detail:
                "They are \(monitor.warningBytes) (\(place(keys.warning))) and \(monitor.criticalBytes) (\(place(keys.critical))).",
            hint: "Set both, the warning to the smaller size.", sqlState: .configFileError)
    }

    /// A connection's part may come from its string, and else, where it has no service, from libpq's own variable.
    func setting(of key: Key, environment: [String: String]) -> LoadedConfiguration.Setting {
        var value = key.shown(settings)
        var origin = origins[key.path] ?? .default
        if let libpq = key.libpq, value == nil {
            let isOfSource = key.path.hasPrefix("source.")
            let dsn = isOfSource ? settings.source.dsn : settings.shadow.dsn
            if let inString = dsn?[libpq.keyword] {
                value = inString
                origin = origins[isOfSource ? "source.dsn" : "shadow.dsn"] ?? .default
            } else if let variable = environment[libpq.variable], isOfSource || settings.assembled.shadow != nil,
                dsn?["service"] == nil
            {
                value = variable
                origin = .environment(libpq.variable)
            }
        }
        if key.isSecret, value != nil { value = LoadedConfiguration.mask }
        return LoadedConfiguration.Setting(key: key.path, value: value, origin: origin, help: key.help)
    }
}

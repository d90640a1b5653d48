/// One key of the configuration: by this one declaration the file, the environment and the options set it, errors name it,
/// `scry-backfill config` prints it, and a detached engine gets it.
public struct Key: Sendable {
    /// Its table and its name in the file: `backfill.jobs`.
    public let path: String
    /// One line for people.
    public let help: String
    /// Its value is never shown.
    public let isSecret: Bool
    /// The form that its value must have: "an integer from 1 to 128".
    public let expectation: String
    /// libpq's name for it; nil for all but the parts of a connection.
    let libpq: LibpqName?
    /// Its value as it would be given as text.
    let text: @Sendable (Settings) -> String?
    /// The same without the passwords of a connection string.
    let shown: @Sendable (Settings) -> String?
    private let set: @Sendable (Given, inout Settings) -> Bool

    /// libpq's keyword for a part of a connection, and the variable by which it takes that part where no key, and no
    /// connection string, names it (manual, 34.15).
    struct LibpqName: Sendable {
        let keyword: String
        let variable: String
    }

    /// A value on its way in.
    enum Given: Sendable {
        case text(String)
        case file(FileValue)

        func read<Value: SettingValue>() -> Value? {
            switch self {
            case .text(let text): Value(text: text)
            case .file(let value): Value(file: value)
            }
        }
    }

    /// A key that sets `field`; `accepts` narrows what its type allows, and `expectation` then says to what.
    init<Value: SettingValue>(
        _ path: String, _ field: any WritableKeyPath<Settings, Value> & Sendable, _ help: String,
        expectation: String = Value.expectation, accepts: @escaping @Sendable (Value) -> Bool = { _ in true }
    ) {
        self.path = path
        self.help = help
        self.expectation = expectation
        isSecret = false
        libpq = nil
        text = { $0[keyPath: field].text }
        shown = { $0[keyPath: field].shown }
        set = { given, settings in
            guard let value: Value = given.read(), accepts(value) else { return false }
            settings[keyPath: field] = value
            return true
        }
    }

    /// A number within limits.
    init<Value: SettingValue & Comparable>(
        _ path: String, _ field: any WritableKeyPath<Settings, Value> & Sendable, in range: ClosedRange<Value>,
        _ help: String
    ) {
        self.init(
            path, field, help, expectation: "\(Value.expectation) from \(range.lowerBound) to \(range.upperBound)",
            accepts: { range.contains($0) })
    }

    /// One of the keys by which a connection is named: its string, or a part that wins over the same part of the string.
    init<Value: SettingValue>(
        _ path: String, _ connection: any WritableKeyPath<Settings, ConnectionSettings> & Sendable,
        _ part: any WritableKeyPath<ConnectionSettings, Value> & Sendable, isSecret: Bool = false,
        libpq: LibpqName? = nil, _ help: String
    ) {
        self.path = path
        self.help = help
        self.isSecret = isSecret
        self.libpq = libpq
        expectation = Value.expectation
        text = { $0[keyPath: connection][keyPath: part].text }
        shown = { $0[keyPath: connection][keyPath: part].shown }
        set = { given, settings in
            guard let value: Value = given.read() else { return false }
            settings[keyPath: connection][keyPath: part] = value
            return true
        }
    }

    /// False where the value does not fit the key.
    func apply(_ given: Given, to settings: inout Settings) -> Bool { set(given, &settings) }

    /// The variables that set it, the stronger last: each key's own, and the short ones for the two connection strings.
    public var environmentNames: [String] {
        let own = Self.environmentPrefix + path.uppercased().split(separator: ".").joined(separator: "__")
        switch path {
        case "source.dsn", "shadow.dsn": return [own, String(own.dropLast("__DSN".count))]
        default: return [own]
        }
    }

    static let environmentPrefix = "SCRY_BACKFILL_"
}

internal import Job
import Libpq
import Postgres

/// A value as the file has it. A type of our own, since TOMLKit's values are references into a document.
enum FileValue: Hashable, Sendable {
    case string(String)
    case integer(Int)
    case number(Double)
    case flag(Bool)
    case list([FileValue])
    /// A table, a date or a time, by its name; no key has such a value.
    case other(String)

    var typeName: String {
        switch self {
        case .string: "a string"
        case .integer: "an integer"
        case .number: "a number with a fraction"
        case .flag: "a boolean"
        case .list: "an array"
        case .other(let name): "a \(name)"
        }
    }
}

/// A type that a key's value may have. Options and the environment give text; the file gives text only where a `${NAME}`
/// stood in it, and else must have the right type.
protocol SettingValue: Sendable {
    /// The form that is needed, for errors: "an integer".
    static var expectation: String { get }
    init?(text: String)
    init?(file: FileValue)
    /// As it would be given as text; nil for none.
    var text: String? { get }
    /// As people may see it: without secrets.
    var shown: String? { get }
}

extension SettingValue {
    var shown: String? { text }
}

extension String: SettingValue {
    static var expectation: String { "a string" }
    init?(text: String) { self = text }

    init?(file: FileValue) {
        guard case .string(let string) = file else { return nil }
        self = string
    }

    var text: String? { self }
}

extension Int: SettingValue {
    static var expectation: String { "an integer" }
    init?(text: String) { self.init(text, radix: 10) }

    init?(file: FileValue) {
        guard case .integer(let integer) = file else { return nil }
        self = integer
    }

    var text: String? { String(self) }
}

extension Double: SettingValue {
    static var expectation: String { "a number" }

    init?(text: String) {
        guard let number = Double(text), number.isFinite else { return nil }
        self = number
    }

    init?(file: FileValue) {
        switch file {
        case .integer(let integer): self = Double(integer)
        case .number(let number) where number.isFinite: self = number
        default: return nil
        }
    }

    var text: String? { String(self) }
}

extension Bool: SettingValue {
    static var expectation: String { "true or false" }

    /// The server's spellings of a boolean (manual, 20.1.1), without their abbreviations.
    init?(text: String) {
        switch text.lowercased() {
        case "true", "on", "yes", "1": self = true
        case "false", "off", "no", "0": self = false
        default: return nil
        }
    }

    init?(file: FileValue) {
        guard case .flag(let flag) = file else { return nil }
        self = flag
    }

    var text: String? { String(self) }
}

extension ByteSize: SettingValue {
    static var expectation: String { "a size such as \"20MB\"" }
    init?(text: String) { self.init(text) }

    init?(file: FileValue) {
        switch file {
        case .string(let string): self.init(string)
        case .integer(let integer) where integer >= 0: self.init(integer)
        default: return nil
        }
    }

    var text: String? { description }
}

extension SettingValue where Self: RawRepresentable<String> & CaseIterable {
    static var expectation: String {
        "one of " + allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    }
    init?(text: String) { self.init(rawValue: text) }

    init?(file: FileValue) {
        guard case .string(let string) = file else { return nil }
        self.init(rawValue: string)
    }

    var text: String? { rawValue }
}

/// libpq's sslmode (manual, 34.19.3).
enum SSLMode: String, CaseIterable {
    case disable, allow, prefer, require
    case verifyCA = "verify-ca"
    case verifyFull = "verify-full"
}

extension SSLMode: SettingValue {}
extension JobMode: SettingValue {}
extension SchemaChangePolicy: SettingValue {}
extension WALMonitorSettings.CriticalAction: SettingValue {}

extension Array: SettingValue where Element == TablePattern {
    static var expectation: String { "an array of table patterns such as [\"public.*\"]" }

    /// Patterns with commas between; a comma within double quotes belongs to a name. Or an array as the file has it.
    init?(text: String) {
        if text.hasPrefix("[") {
            guard let array = FileValue(toml: text) else { return nil }
            self.init(file: array)
            return
        }
        var quoted = false
        let parts = text.split(omittingEmptySubsequences: false) { character in
            if character == "\"" { quoted.toggle() }
            return character == "," && !quoted
        }
        self.init(file: .list(parts.map { .string($0.trimmingSpaces()) }))
    }

    init?(file: FileValue) {
        guard case .list(let list) = file else { return nil }
        self = []
        for item in list {
            guard case .string(let string) = item, let pattern = try? TablePattern(string) else { return nil }
            append(pattern)
        }
    }

    /// An empty variable would count as unset.
    var text: String? { isEmpty ? "[]" : shown }
    var shown: String? { map(\.description).joined(separator: ", ") }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        var rest = drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}

extension ConnectionString: SettingValue {
    static var expectation: String { "a connection string" }

    /// As psql's `-d` reads it: a connection string, or the name of a database alone.
    init?(text: String) {
        guard Self.isConnectionString(text) else {
            self.init(["dbname": text])
            return
        }
        guard let parsed = try? ConnectionString(parsing: text) else { return nil }
        self = parsed
    }

    init?(file: FileValue) {
        guard case .string(let string) = file else { return nil }
        self.init(text: string)
    }

    var text: String? { conninfo }
    var shown: String? { description }
}

extension ListenAddress: SettingValue {
    static var expectation: String { "an address and a port such as \"127.0.0.1:9187\"" }
    init?(text: String) { self.init(text) }

    init?(file: FileValue) {
        guard case .string(let string) = file else { return nil }
        self.init(string)
    }

    var text: String? { description }
}

/// A port, or several with commas between, one for each host (manual, 34.1.1.3).
struct Ports: SettingValue {
    static var expectation: String { "a port from 1 to 65535" }
    let text: String?

    init?(text: String) {
        let ports = text.split(separator: ",", omittingEmptySubsequences: false)
        guard ports.allSatisfy({ port in (1...65535).contains(Int(port) ?? 0) }) else { return nil }
        self.text = text
    }

    init?(file: FileValue) {
        switch file {
        case .integer(let port): self.init(text: String(port))
        case .string(let ports): self.init(text: ports)
        default: return nil
        }
    }
}

extension Optional: SettingValue where Wrapped: SettingValue {
    static var expectation: String { Wrapped.expectation }

    init?(text: String) {
        guard let value = Wrapped(text: text) else { return nil }
        self = .some(value)
    }

    init?(file: FileValue) {
        guard let value = Wrapped(file: file) else { return nil }
        self = .some(value)
    }

    var text: String? { self?.text }
    var shown: String? { self?.shown }
}

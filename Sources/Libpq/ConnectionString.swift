internal import CLibpq
import Glibc
public import Postgres

/// Parameters of a connection, by libpq's keywords (manual, 34.1.2); what is absent libpq takes from the environment, the
/// service file, .pgpass or its defaults.
public struct ConnectionString: Hashable, Sendable, CustomStringConvertible {
    public var parameters: [String: String]

    public init(_ parameters: [String: String] = [:]) { self.parameters = parameters }

    /// Reads `keyword = value` pairs or a `postgresql://` URI, as libpq does. The error never repeats the text, which may
    /// hold a password.
    public init(parsing text: String) throws(PostgresError) {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = unsafe PQconninfoParse(text, &message) else {
            unsafe PQfreemem(message)
            throw PostgresError(
                "invalid connection string",
                hint: "Write \"host=… port=… dbname=… user=…\" or \"postgresql://user@host:port/dbname\".",
                sqlState: .syntaxError)
        }
        parameters = [:]
        unsafe Self.collect(options, into: &parameters)
        unsafe PQconninfoFree(options)
    }

    /// True for text that psql takes for a connection string rather than a database's name.
    public static func isConnectionString(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") || text.utf8.contains(UInt8(ascii: "="))
    }

    public subscript(keyword: String) -> String? {
        get { parameters[keyword] }
        set { parameters[keyword] = newValue }
    }

    /// The same with `others` in place of its own values.
    public func merging(_ others: [String: String]) -> ConnectionString {
        ConnectionString(parameters.merging(others) { _, other in other })
    }

    /// Without the values that libpq takes by default, for a program whose older libpq does not know every keyword. A
    /// value that an environment variable would change for that program is kept, and all of it where a service could.
    public func withoutDefaults() -> ConnectionString {
        guard self["service"] == nil, unsafe getenv("PGSERVICE") == nil, let options = unsafe PQconndefaults() else {
            return self
        }
        defer { unsafe PQconninfoFree(options) }
        var string = self
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            let name = unsafe String(cString: keyword)
            let compiled = unsafe option.pointee.compiled.map { unsafe String(cString: $0) }
            let isInEnvironment = unsafe option.pointee.envvar.map { unsafe getenv($0) != nil } ?? false
            if compiled != nil, string[name] == compiled, !isInEnvironment { string[name] = nil }
            unsafe option += 1
        }
        return string
    }

    /// The whole as `keyword='value'` pairs, secrets included: for a child's environment or pg_dump, never for people.
    public var conninfo: String { render { _, value in value } }

    /// For people, logs and errors: without passwords.
    public var description: String {
        render { keyword, value in Self.secrets.contains(keyword) ? "********" : value }
    }

    /// Keywords whose values are never shown.
    public static let secrets: Set<String> = ["password", "sslpassword", "oauth_client_secret"]

    private func render(_ shown: (String, String) -> String) -> String {
        var pairs: [String] = []
        for (keyword, value) in parameters.sorted(by: { $0.key < $1.key }) {
            var escaped = String.UnicodeScalarView()
            for character in shown(keyword, value).unicodeScalars {
                if character == "'" || character == "\\" { escaped.append("\\") }
                escaped.append(character)
            }
            pairs.append("\(keyword)='\(String(escaped))'")
        }
        return pairs.joined(separator: " ")
    }

    static func collect(_ options: UnsafeMutablePointer<PQconninfoOption>, into parameters: inout [String: String]) {
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe parameters[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
    }
}

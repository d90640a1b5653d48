/// A configuration, and for each key where its value comes from.
public struct LoadedConfiguration: Sendable {
    /// The origin of a value.
    public enum Origin: Hashable, Sendable, CustomStringConvertible {
        /// As it was written on the command line: `--source`, `-h`.
        case option(String)
        case environment(String)
        case file(path: String, line: Int)
        case `default`

        public var description: String {
            switch self {
            case .option(let name): "option \(name)"
            case .environment(let name): "environment \(name)"
            case .file(let path, let line): "file \(path):\(line)"
            case .default: "default"
            }
        }
    }

    /// A key with its value in force.
    public struct Setting: Hashable, Sendable {
        public let key: String
        /// As it would be given as an option; a secret is masked. Nil where no value is set.
        public let value: String?
        public let origin: Origin
        public let help: String
    }

    public let configuration: Configuration
    /// Every key, in the table's order.
    public let settings: [Setting]
    /// The file that was read.
    public let file: String?

    static let mask = "********"
}

/// A line of pg_hba.conf that lets clients in or keeps them out (manual, 21.1), as the server has read it.
///
/// The server shows names without the quotes that they have in the file, so that a user who is called `all` cannot be
/// distinguished from everybody; such a name is taken for the keyword.
public struct HBARule: Hashable, Sendable {
    /// The first word of the line.
    public enum Kind: String, Sendable {
        case local, host, hostssl, hostnossl, hostgssenc, hostnogssenc
    }

    /// Whence a client may come.
    public enum Origin: Hashable, Sendable {
        case all
        /// Any of the server's own addresses.
        case sameHost
        /// Any network that the server is directly connected to.
        case sameNet
        case network(IPAddress, mask: IPAddress)
        /// A host's name, or with a leading dot the end of one.
        case name(String)
    }

    public var kind: Kind
    public var databases: [String]
    public var users: [String]
    /// Nil for `local`.
    public var origin: Origin?
    public var method: String
    /// `name=value`, as the server shows them.
    public var options: [String]

    public init(
        _ kind: Kind, databases: [String], users: [String], origin: Origin? = nil, method: String,
        options: [String] = []
    ) {
        self.kind = kind
        self.databases = databases
        self.users = users
        self.origin = origin
        self.method = method
        self.options = options
    }

    /// `reject` matches to keep out.
    public var letsIn: Bool { method != "reject" }
}

extension HBARule.Origin: CustomStringConvertible {
    /// As the file has it: `10.0.0.0/8`.
    public var description: String {
        switch self {
        case .all: "all"
        case .sameHost: "samehost"
        case .sameNet: "samenet"
        case .network(let address, let mask):
            mask.prefixLength.map { "\(address)/\($0)" } ?? "\(address) \(mask)"
        case .name(let name): name
        }
    }
}

/// A line of pg_hba.conf, or of a file that it includes, with what the server made of it.
public struct HBALine: Hashable, Sendable {
    /// Known from 16 on.
    public var file: String?
    /// From 1.
    public var number: Int
    /// Nil for a line that cannot be read.
    public var rule: HBARule?
    /// With a rule: why it can never match; without: why the line cannot be read.
    public var error: String?

    public init(file: String? = nil, number: Int, rule: HBARule?, error: String? = nil) {
        self.file = file
        self.number = number
        self.rule = rule
        self.error = error
    }

    /// While one such line is in the file, a reload keeps all the rules that were read before (load_hba in hba.c).
    public var isFault: Bool { rule == nil }
}

/// The answer of a command: blocks for people, a document for `--json`, and whether it found a fault.
public struct Output: Sendable {
    public enum Block: Sendable {
        case table(OutputTable)
        /// Labels and values, one a line: `Phase    streaming`.
        case fields(title: String?, [(label: String, value: String)])
        /// Lines as they are.
        case text(String)
        /// A warning below what precedes; printed as `WARNING:  …`, to standard error in scripts.
        case warning(String, hint: String?)
        /// A command's tag, as psql prints `CREATE TABLE`; left out under QUIET.
        case tag(String)
    }

    public var blocks: [Block]
    /// The whole as one JSON document; encoded with keys as its CodingKeys say.
    public var document: any Encodable & Sendable
    /// False makes the exit status 1 (`\check` found a fault).
    public var succeeded: Bool
    /// False makes the exit status 2: a database could not be reached, and the output says so.
    public var couldConnect = true

    public init(_ blocks: [Block], document: any Encodable & Sendable, succeeded: Bool = true) {
        self.blocks = blocks
        self.document = document
        self.succeeded = succeeded
    }
}

/// Rows of text for a printer; nil is NULL.
public struct OutputTable: Sendable {
    public struct Column: Sendable {
        public let name: String
        public let rightAligned: Bool
        public init(_ name: String, rightAligned: Bool = false) {
            self.name = name
            self.rightAligned = rightAligned
        }
    }

    public var title: String?
    public var columns: [Column]
    public var rows: [[String?]]
    public var footers: [String]

    public init(title: String? = nil, columns: [Column], rows: [[String?]], footers: [String] = []) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.footers = footers
    }
}

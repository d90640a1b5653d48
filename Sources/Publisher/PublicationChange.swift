/// The changes that a request made to a publication; nothing was done where only `already` and `skipped` hold
/// something.
public struct PublicationChange: Hashable, Sendable, Encodable {
    public var publication: String
    public var wasCreated = false
    public var wasDropped = false
    /// Tables, or `schema NAME`, or `all tables`: as people write them.
    public var added: [String] = []
    /// Were published with other columns or another filter.
    public var changed: [String] = []
    public var removed: [String] = []
    /// Tables that were published already, or those to be taken out that were not published.
    public var already: [String] = []
    /// Tables that matched a wildcard but cannot be published.
    public var skipped: [String] = []
    /// Schemas of which only the present tables were taken, as the schema itself could not be: tables that are made
    /// there later stay out.
    public var closedSchemas: [String] = []
    /// The statements that were run.
    public var statements: [String] = []

    init(_ publication: String) { self.publication = publication }

    private enum CodingKeys: String, CodingKey {
        case publication
        case wasCreated = "created"
        case wasDropped = "dropped"
        case closedSchemas = "closed_schemas"
        case added, changed, removed, already, skipped, statements
    }
}

/// What a request did to a publication; nothing was done where only `already` and `skipped` hold something.
public struct PublicationChange: Hashable, Sendable, Encodable {
    public var publication: String
    public var wasCreated = false
    public var wasDropped = false
    /// Tables, or `schema NAME`, or `all tables`: as people write them.
    public var added: [String] = []
    /// Were published with other columns or another filter.
    public var changed: [String] = []
    public var removed: [String] = []
    /// Were published, or were not where they should go out.
    public var already: [String] = []
    /// Matched a wildcard but can't be published.
    public var skipped: [String] = []
    /// Schemas whose tables of now were taken, as the schema itself could not be: tables that are made there later stay out.
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

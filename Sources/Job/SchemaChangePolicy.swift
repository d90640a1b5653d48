/// The treatment of a change of the source's schema.
public enum SchemaChangePolicy: String, Sendable, Codable, CaseIterable {
    /// The shadow's table is altered in the same way; where the catalog does not prove what its rows hold now, it is copied again.
    case follow
    /// The table is copied again, with the columns that it has now.
    case recopy
    /// The engine stops before anything is applied that came after the change.
    case stop
}

/// A file of `sql/`, embedded in the binary. `ScriptsGenerator` writes the constants.
public struct Script: Sendable {
    /// The file's path below `sql/`, without its ending.
    public let name: String
    public let text: String
}

/// A file of `sql/` that changes nothing in the database, so that it may be run on any session, production's included: one of
/// the folders that `ScriptsGenerator` knows for this.
public struct ReadScript: Sendable {
    public let name: String
    public let text: String
}

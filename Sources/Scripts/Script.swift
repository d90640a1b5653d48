/// A file of `sql/`, embedded in the binary. `ScriptsGenerator` writes the constants.
public struct Script: Sendable {
    /// The file's path below `sql/`, without its ending.
    public let name: String
    public let text: String
}

/// Which phases a job has.
public enum JobMode: String, Sendable, Codable, CaseIterable {
    /// The copy, then the changes since.
    case hybrid
    /// The copy alone.
    case snapshot
    /// The changes alone.
    case cdc

    /// Tables are copied.
    public var copies: Bool { self != .cdc }
    /// Changes are followed, for which the job has a slot and a publication.
    public var follows: Bool { self != .snapshot }
}

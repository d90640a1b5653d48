public import Postgres

/// Where a sequence stands.
public struct SequenceValue: Hashable, Sendable {
    public let name: QualifiedName
    public let lastValue: Int
    /// False where `lastValue` itself is the next to be handed out.
    public let isCalled: Bool

    public init(name: QualifiedName, lastValue: Int, isCalled: Bool) {
        self.name = name
        self.lastValue = lastValue
        self.isCalled = isCalled
    }
}

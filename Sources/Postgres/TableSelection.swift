/// The tables that a list of patterns takes in and another takes out; the second wins.
public struct TableSelection: Hashable, Sendable {
    public var included: [TablePattern]
    public var excluded: [TablePattern]

    public init(including included: [TablePattern], excluding excluded: [TablePattern] = []) {
        self.included = included
        self.excluded = excluded
    }

    public func includes(_ table: QualifiedName) -> Bool {
        included.contains { $0.matches(table) } && !excluded.contains { $0.matches(table) }
    }
}

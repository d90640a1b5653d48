/// The statements that one session has prepared for the rows of one relation.
public final class PreparedStatements {
    enum Kind {
        case insert
        /// Leaves out the columns at these places, whose values the source did not send.
        case update(unchanged: [Int])
        case delete
    }

    public let plan: RelationPlan
    // Those for rows without any unchanged value, which are nearly all, are found without hashing.
    private(set) var insert: String?
    private(set) var update: String?
    private(set) var delete: String?
    private(set) var updates: [[Int]: String] = [:]

    public init(_ plan: RelationPlan) { self.plan = plan }

    func keep(_ name: String, for kind: Kind) {
        switch kind {
        case .insert: insert = name
        case .update(let unchanged): if unchanged.isEmpty { update = name } else { updates[unchanged] = name }
        case .delete: delete = name
        }
    }

    var names: [String] { ([insert, update, delete].compactMap(\.self) + updates.values).sorted() }
}

internal import Postgres

/// A relation among a buffer's relations.
struct KnownRelation: Sendable {
    let place: Int
    /// The number of its columns.
    let width: Int
}

/// Where the descriptions are, among the relations of the buffer that is being filled, which its next rows have.
struct KnownRelations: Sendable {
    private var places: [OID: KnownRelation] = [:]
    /// The one that was needed last, since a table's rows often come one after the other.
    private var recent: (id: OID, relation: KnownRelation)?

    @inline(__always)
    mutating func relation(_ id: OID) -> KnownRelation? {
        if let recent, recent.id == id { return recent.relation }
        guard let relation = places[id] else { return nil }
        recent = (id, relation)
        return relation
    }

    mutating func insert(_ relation: KnownRelation, for id: OID) {
        places[id] = relation
        recent = (id, relation)
    }

    /// Has the relation's description asked for anew.
    mutating func forget(_ id: OID) {
        places[id] = nil
        recent = nil
    }

    /// For another buffer.
    mutating func removeAll() {
        places.removeAll(keepingCapacity: true)
        recent = nil
    }
}

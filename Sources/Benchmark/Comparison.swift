import Postgres

/// The same work done by the program and by a peer, several times each.
struct Comparison {
    /// The work.
    let name: String
    let peer: String
    /// Seconds, a round each.
    private(set) var ours: [Double] = []
    private(set) var theirs: [Double] = []

    /// Has both work in turn. Each begins in half of the rounds, so that what the first one warms helps both alike.
    init(
        _ name: String, peer: String, rounds: Int, ours: (_ round: Int) throws(PostgresError) -> Double,
        theirs: (_ round: Int) throws(PostgresError) -> Double
    ) throws(PostgresError) {
        self.name = name
        self.peer = peer
        for round in 1...rounds {
            if round.isMultiple(of: 2) { self.theirs.append(try theirs(round)) }
            self.ours.append(try ours(round))
            if !round.isMultiple(of: 2) { self.theirs.append(try theirs(round)) }
        }
    }

    /// By the medians, the peer's time divided by ours; above 1 we are faster.
    var ratio: Double { Self.median(theirs) / Self.median(ours) }

    static func median(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return .nan }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}

/// How many seconds the work takes.
func seconds(_ work: () throws(PostgresError) -> Void) throws(PostgresError) -> Double {
    let start = ContinuousClock.now
    try work()
    return start.duration(to: .now) / .seconds(1)
}

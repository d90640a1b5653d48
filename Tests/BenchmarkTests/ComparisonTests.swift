import Postgres
import Testing

@testable import Benchmark

@Suite struct ComparisonTests {
    @Test func bothTakeTurnsInBeginning() throws {
        var order: [String] = []
        _ = try Comparison(
            "work", peer: "peer", rounds: 3,
            ours: { round throws(PostgresError) in
                order.append("ours \(round)")
                return 1
            },
            theirs: { round throws(PostgresError) in
                order.append("theirs \(round)")
                return 1
            })
        #expect(order == ["ours 1", "theirs 1", "theirs 2", "ours 2", "ours 3", "theirs 3"])
    }

    @Test func theRatioIsOfTheMedians() throws {
        let comparison = try Comparison(
            "work", peer: "peer", rounds: 3, ours: { round throws(PostgresError) in [9, 2, 1][round - 1] },
            theirs: { round throws(PostgresError) in [3, 4, 80][round - 1] })
        #expect(comparison.ratio == 2)
        #expect(Comparison.median([1, 2, 3, 10]) == 2.5)
    }
}

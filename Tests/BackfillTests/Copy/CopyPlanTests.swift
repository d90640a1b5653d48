import Postgres
import Testing

@testable import Backfill

@Suite struct CopyPlanTests {
    private func table(_ name: String, pages: Int, columns: [String] = ["id"], isPartitioned: Bool = false) -> CopyTable
    {
        CopyTable(
            oid: OID(1), name: QualifiedName(schema: "public", name: name), columns: columns, unsentColumns: [],
            hasBinaryForm: false, textColumns: [], filter: nil, isPartitioned: isPartitioned, pages: pages)
    }

    @Test func theLargestComesFirst() {
        let parts = CopyPlan.parts(
            of: [table("b", pages: 1), table("c", pages: 9), table("a", pages: 1)], jobs: 4, canDivide: true)
        #expect(parts.map(\.table.name.name) == ["c", "a", "b"])
        #expect(parts.allSatisfy { $0.isWhole && $0.firstPage == 0 && $0.endPage == nil })
    }

    @Test func partsCoverEveryPageOnce() {
        for pages in [CopyPlan.smallestPart, CopyPlan.smallestPart + 1, 1_000_000, 1_000_003] {
            let parts = CopyPlan.parts(of: [table("t", pages: pages)], jobs: 4, canDivide: true)
            var next = 0
            for part in parts {
                #expect(part.firstPage == next)
                #expect(part.count == parts.count)
                next = part.endPage ?? .max
            }
            // Pages that come while the plan is made belong to the last part.
            #expect(parts.last?.endPage == nil)
            #expect(parts.count == 1 || parts.allSatisfy { $0.firstPage < pages })
        }
    }

    @Test func whatCanNotBeDivided() {
        let huge = 10_000_000
        #expect(CopyPlan.parts(of: [table("t", pages: huge)], jobs: 4, canDivide: false).count == 1)
        #expect(CopyPlan.parts(of: [table("t", pages: huge)], jobs: 1, canDivide: true).count == 1)
        #expect(CopyPlan.parts(of: [table("t", pages: huge, columns: [])], jobs: 4, canDivide: true).count == 1)
        #expect(CopyPlan.parts(of: [table("t", pages: huge, isPartitioned: true)], jobs: 4, canDivide: true).count == 1)
    }
}

@Suite struct BackoffTests {
    @Test func thePauseGrowsToThirtySeconds() {
        var backoff = Backoff()
        #expect((0..<7).map { _ in backoff.pause(afterProgress: false) } == [1, 2, 4, 8, 16, 30, 30])
        #expect(backoff.pause(afterProgress: true) == 1)
        #expect(backoff.pause(afterProgress: false) == 2)
    }
}

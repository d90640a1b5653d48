import Postgres
import Testing

@testable import Job

@Suite struct FollowedTableTests {
    private static let states: [FollowedTable.State] = [
        .pending, .copying, .catchUp(LSN(7)), .ready(LSN(7)), .unpublished,
    ]

    /// By state: whether its changes are applied, whether it lags, whether it is to be copied.
    @Test func whatAStateMeans() {
        let table = Self.states.map { FollowedTable(name: QualifiedName(schema: "s", name: "t"), state: $0) }
        #expect(table.map(\.isStreamed) == [false, false, true, true, false])
        #expect(table.map(\.lags) == [true, true, true, false, false])
        #expect(table.map(\.needsCopy) == [true, true, false, false, false])
        #expect(table.map(\.isPublished) == [true, true, true, true, false])
    }

    @Test func aProblemKeepsATableFromBeingCopied() {
        let problem = JobError(PostgresError("m"), at: "now")
        let table = FollowedTable(name: QualifiedName(schema: "s", name: "t"), state: .pending, problem: problem)
        #expect(!table.needsCopy && table.lags)
    }

    @Test func aStateIsFoundAgainByItsName() {
        for state in Self.states {
            #expect(FollowedTable.State(name: state.name, snapshot: state.snapshot) == state)
        }
        #expect(FollowedTable.State(name: "later", snapshot: nil) == nil)
    }
}

import Job
import Postgres
import Publisher
import Testing

@testable import Backfill

@Suite struct PublicationChangesTests {
    private static func name(_ name: String) -> QualifiedName { QualifiedName(schema: "public", name: name) }
    private static func sent(_ table: String, _ fingerprint: String = "1") -> SentTable {
        SentTable(table: name(table), fingerprint: fingerprint)
    }
    private static func followed(
        _ table: String, _ state: FollowedTable.State = .ready(LSN(1)), as fingerprint: String? = "1"
    ) -> FollowedTable {
        FollowedTable(name: name(table), state: state, publishedAs: fingerprint)
    }

    @Test func whatIsAsItWasChangesNothing() {
        let changes = PublicationChanges(
            followed: [Self.followed("a"), Self.followed("b", .copying), Self.followed("gone", .unpublished)],
            sent: [Self.sent("a"), Self.sent("b")])
        #expect(changes.isEmpty && changes.identified.isEmpty)
    }

    @Test func tablesComeAndGo() {
        let changes = PublicationChanges(
            followed: [Self.followed("a"), Self.followed("b", .pending)], sent: [Self.sent("b"), Self.sent("c")])
        #expect(changes.added == [Self.sent("c")])
        #expect(changes.removed == [Self.name("a")])
        #expect(changes.changed.isEmpty)
    }

    @Test func whatWasOutForAWhileIsCopiedAgain() {
        let changes = PublicationChanges(
            followed: [Self.followed("a"), Self.followed("b", .unpublished)],
            sent: [Self.sent("a", "2"), Self.sent("b")])
        #expect(changes.changed == [Self.sent("a", "2"), Self.sent("b")])
        #expect(changes.removed.isEmpty && changes.added.isEmpty)
    }

    @Test func aFingerprintThatWasNotKnownIsOnlyNoted() {
        let changes = PublicationChanges(followed: [Self.followed("a", as: nil)], sent: [Self.sent("a")])
        #expect(changes.identified == [Self.sent("a")])
        #expect(changes.isEmpty)
    }
}

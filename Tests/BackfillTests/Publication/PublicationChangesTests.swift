import Postgres
import Publisher
import Subscriber
import Testing

@testable import Backfill

@Suite struct PublicationChangesTests {
    private static func name(_ name: String) -> QualifiedName { QualifiedName(schema: "public", name: name) }
    private static func mark(_ table: String, _ mark: String = "1") -> PublicationMark {
        PublicationMark(table: name(table), mark: mark)
    }
    private static func followed(
        _ table: String, _ state: FollowedTable.State = .ready, as mark: String? = "1"
    ) -> FollowedTable {
        FollowedTable(name: name(table), state: state, publishedAs: mark)
    }

    @Test func whatIsAsItWasChangesNothing() {
        let changes = PublicationChanges(
            followed: [Self.followed("a"), Self.followed("b", .copying), Self.followed("gone", .unpublished)],
            sent: [Self.mark("a"), Self.mark("b")])
        #expect(changes.isEmpty && changes.marked.isEmpty)
    }

    @Test func tablesComeAndGo() {
        let changes = PublicationChanges(
            followed: [Self.followed("a"), Self.followed("b", .pending)], sent: [Self.mark("b"), Self.mark("c")])
        #expect(changes.added == [Self.mark("c")])
        #expect(changes.removed == [Self.name("a")])
        #expect(changes.changed.isEmpty)
    }

    @Test func whatWasOutForAWhileIsCopiedAgain() {
        let changes = PublicationChanges(
            followed: [Self.followed("a"), Self.followed("b", .unpublished)],
            sent: [Self.mark("a", "2"), Self.mark("b")])
        #expect(changes.changed == [Self.mark("a", "2"), Self.mark("b")])
        #expect(changes.removed.isEmpty && changes.added.isEmpty)
    }

    @Test func aMarkThatWasNotKnownIsOnlyNoted() {
        let changes = PublicationChanges(followed: [Self.followed("a", as: nil)], sent: [Self.mark("a")])
        #expect(changes.marked == [Self.mark("a")])
        #expect(changes.isEmpty)
    }
}

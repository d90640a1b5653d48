import Job
import Postgres
import Publisher
import Subscriber
import Testing

@testable import Backfill

@Suite struct PartitionChangesTests {
    private static func name(_ name: String) -> QualifiedName { QualifiedName(schema: "public", name: name) }

    /// There now: as it was made, unless something else is said.
    private static func now(
        _ oid: UInt32, attachedBy: UInt32 = 700, file: UInt32? = nil, definedBy: UInt32 = 700,
        createdAsPartition: Bool = true
    ) -> Partition {
        Partition(
            oid: OID(oid), name: name("p\(oid)"), root: name("root"), parent: name("root"),
            createdAsPartition: createdAsPartition,
            attachedBy: TransactionID(attachedBy), fileNode: OID(file ?? oid), definedBy: TransactionID(definedBy),
            horizon: TransactionID(900))
    }

    private static func known(
        _ oid: UInt32, attachedBy: UInt32? = 700, file: UInt32? = nil, emptiedBy: UInt32? = nil,
        isDetached: Bool = false
    ) -> FollowedPartition {
        FollowedPartition(
            oid: OID(oid), name: name("p\(oid)"), attachedBy: attachedBy.map { TransactionID($0) },
            fileNode: attachedBy == nil ? nil : OID(file ?? oid), horizon: TransactionID(800),
            emptiedBy: emptiedBy.map { TransactionID($0) }, isDetached: isDetached)
    }

    private static let root = FollowedPartition(oid: OID(0), name: name("root"), attachedBy: TransactionID(0))

    private static func changes(_ known: [FollowedPartition], _ present: [Partition]) -> PartitionChanges {
        PartitionChanges(known: [root] + known, present: present)
    }

    @Test func whatIsAsItWasChangesNothing() {
        let changes = Self.changes([Self.known(1), Self.known(2, file: 20)], [Self.now(1), Self.now(2, file: 20)])
        #expect(changes.isHarmless && changes.unchanged.count == 2 && changes.new.isEmpty && !changes.isFirst)
    }

    @Test func aTableThatWasNeverLookedAtIsOnlyNoted() {
        let changes = PartitionChanges(known: [], present: [Self.now(1, file: 10, createdAsPartition: false)])
        #expect(changes.isFirst && changes.isHarmless && changes.new.count == 1)
    }

    @Test func aPartitionThatWasMadeIsNew() {
        #expect(Self.changes([], [Self.now(1)]).new == [Self.now(1)])
        // The stream was faster than the catalog's reader.
        let heard = Self.changes([Self.known(1, attachedBy: nil)], [Self.now(1)])
        #expect(heard.new == [Self.now(1)] && heard.isHarmless)
    }

    @Test func onlyACopyBringsTheRowsOfAnAttachedOne() {
        #expect(Self.changes([], [Self.now(1, createdAsPartition: false)]).reasonForCopy?.contains("attached") == true)
        #expect(
            Self.changes([Self.known(1, attachedBy: nil)], [Self.now(1, createdAsPartition: false)]).reasonForCopy
                != nil)
        #expect(Self.changes([Self.known(1)], [Self.now(1, attachedBy: 750)]).reasonForCopy?.contains("again") == true)
    }

    @Test func oneThatIsNotThereAnyMoreHasGone() {
        let changes = Self.changes([Self.known(1), Self.known(2)], [Self.now(2)])
        #expect(changes.gone == [Self.known(1)] && changes.reasonForCopy == nil && !changes.isHarmless)
        // What is detached here too is over.
        #expect(Self.changes([Self.known(1, isDetached: true)], []).isHarmless)
    }

    @Test func oneThatOnlyTheStreamHasSeenTookItsRowsAlong() {
        #expect(Self.changes([Self.known(1, attachedBy: nil)], []).reasonForCopy?.contains("came and went") == true)
    }

    @Test func anotherFileMayMeanATruncation() {
        let changes = Self.changes([Self.known(1)], [Self.now(1, file: 11)])
        #expect(changes.rewritten == [.init(horizon: TransactionID(800), now: Self.now(1, file: 11))])
        // New, and written anew before anybody polled.
        #expect(Self.changes([], [Self.now(1, file: 11)]).rewritten.map(\.horizon) == [nil])
    }

    @Test func theStreamBroughtATruncationOfTheWholeTable() {
        let emptied = Self.known(1, emptiedBy: 850)
        #expect(Self.changes([emptied], [Self.now(1, file: 11, definedBy: 850)]).isHarmless)
        // The partition was written anew once more after that.
        #expect(Self.changes([emptied], [Self.now(1, file: 12, definedBy: 860)]).rewritten.count == 1)
    }
}

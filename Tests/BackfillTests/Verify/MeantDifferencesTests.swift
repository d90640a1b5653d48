import Catalog
import Subscriber
import Testing

@testable import Backfill

/// Each line is a difference and what the job has noted, or how it is set up.
@Suite struct MeantDifferencesTests {
    private static let table = CatalogObject.Identity("table", "public.t")
    private static let key = CatalogObject.Identity("table constraint", "t_n_key on public.t")
    private static let index = CatalogObject.Identity("index", "public.t_n_key")

    /// The one difference between two sides of which the shadow has other facts, or lacks the object.
    private static func difference(
        _ type: String, _ name: String, _ fact: String? = nil, _ source: String? = nil, _ shadow: String? = nil,
        isForeignKey: Bool = false, above: CatalogObject.Identity? = nil
    ) throws -> SchemaDifference {
        let identity = CatalogObject.Identity(type, name)
        func side(_ value: String?) -> CatalogObject {
            CatalogObject(
                identity, parent: table, above: above, isForeignKey: isForeignKey,
                column: type == "table column" ? CatalogObject.ColumnPlace(name: "n", number: 1) : nil,
                facts: fact.flatMap { fact in value.map { [fact: $0] } } ?? [:])
        }
        var objects = [CatalogObject(table), side(source)]
        if identity == key { objects.append(CatalogObject(index, parent: key)) }
        let shadow = fact == nil ? [CatalogObject(table)] : [CatalogObject(table), side(shadow)]
        let found = SchemaComparison.differences(
            source: CatalogSchema(majorVersion: 15, objects), shadow: CatalogSchema(majorVersion: 15, shadow))
        return try #require(found.count == 1 ? found.first : nil)
    }

    private static func note(_ type: String, _ name: String, _ aspect: SetAside.Aspect) -> SetAside {
        SetAside(type: type, identity: name, aspect: aspect, table: nil, reason: "noted", putBack: [])
    }

    private static func reason(_ difference: SchemaDifference, _ notes: SetAside...) -> String? {
        MeantDifferences(setAside: notes, identityColumns: [], leavesTriggersOut: false).reason(for: difference)
    }

    @Test func aNoteMeansItsObjectInItsAspect() throws {
        let invalid = try Self.difference("table constraint", "c on public.t", "validity", "valid", "not valid")
        #expect(Self.reason(invalid, Self.note("table constraint", "c on public.t", .notValid)) == "noted")
        #expect(Self.reason(invalid, Self.note("table constraint", "c on public.t", .missing)) == nil)
        #expect(Self.reason(invalid, Self.note("table constraint", "d on public.t", .notValid)) == nil)
        #expect(Self.reason(invalid, Self.note("index", "c on public.t", .notValid)) == nil)
        #expect(Self.reason(invalid) == nil)
        // The other way round it is none.
        let valid = try Self.difference("table constraint", "c on public.t", "validity", "not valid", "valid")
        #expect(Self.reason(valid, Self.note("table constraint", "c on public.t", .notValid)) == nil)
    }

    @Test(arguments: [
        ("trigger", "enabled", "enabled", "disabled", SetAside.Aspect.disabled),
        ("rule", "enabled", "always", "disabled", .disabled),
        ("table column", "null", "not null", "nullable", .nullable),
        ("type", "null", "not null", "nullable", .nullable),
        ("table", "forced row security", "forced", "not forced", .notForced),
        ("index", "validity", "valid", "not valid", .notValid),
    ])
    func eachAspectHasItsFact(
        _ type: String, _ fact: String, _ source: String, _ shadow: String, _ aspect: SetAside.Aspect
    ) throws {
        let difference = try Self.difference(type, "public.x", fact, source, shadow)
        for other in SetAside.Aspect.allCases {
            let reason = Self.reason(difference, Self.note(type, "public.x", other))
            #expect((reason != nil) == (other == aspect), "\(other)")
        }
        let other = try Self.difference(type, "public.x", "comment", "a", "b")
        #expect(Self.reason(other, Self.note(type, "public.x", aspect)) == nil)
    }

    @Test func aKeyAndItsIndexAreOne() throws {
        let missing = try Self.difference(Self.key.type, Self.key.name)
        #expect(Self.reason(missing, Self.note("index", "public.t_n_key", .missing)) == "noted")
        #expect(Self.reason(missing, Self.note("table constraint", Self.key.name, .missing)) == "noted")
        #expect(Self.reason(missing, Self.note("index", "public.other", .missing)) == nil)
    }

    @Test func aPartitionsPartIsMeantWithItsTables() throws {
        let root = CatalogObject.Identity("table constraint", "c on public.root")
        let part = try Self.difference("table constraint", "c on public.part", above: root)
        #expect(Self.reason(part, Self.note(root.type, root.name, .missing)) == "noted")
        #expect(Self.reason(part, Self.note(root.type, root.name, .notValid)) == nil)
    }

    @Test func aDefaultIsAnObjectOfItsOwn() throws {
        let missing = try Self.difference("table column", "public.t.n", "default", "f()", nil)
        #expect(Self.reason(missing, Self.note("default value", "for public.t.n", .missing)) == "noted")
        let other = try Self.difference("table column", "public.t.n", "default", "f()", "g()")
        #expect(Self.reason(other, Self.note("default value", "for public.t.n", .missing)) == nil)
    }

    @Test func identityColumnsAreByDefaultWhileTheJobFollows() throws {
        let columns: Set = [CatalogObject.Identity("table column", "public.t.n")]
        let meant = MeantDifferences(setAside: [], identityColumns: columns, leavesTriggersOut: false)
        let loosened = try Self.difference("table column", "public.t.n", "identity", "always", "by default")
        #expect(meant.reason(for: loosened) != nil)
        #expect(MeantDifferences.none.reason(for: loosened) == nil)
        let part = try Self.difference(
            "table column", "public.part.n", "identity", "always", "by default", above: columns.first)
        #expect(meant.reason(for: part) != nil)
        let gone = try Self.difference("table column", "public.t.n", "identity", "always", nil)
        #expect(meant.reason(for: gone) == nil)
    }

    @Test func whatActsOnWritesMayBeLeftOut() throws {
        let meant = MeantDifferences(setAside: [], identityColumns: [], leavesTriggersOut: true)
        for (type, isForeignKey, isMeant) in [
            ("trigger", false, true), ("rule", false, true), ("table constraint", true, true),
            ("table constraint", false, false), ("index", false, false),
        ] {
            let missing = try Self.difference(type, "x on public.t", isForeignKey: isForeignKey)
            #expect((meant.reason(for: missing) != nil) == isMeant, "\(type)")
            #expect(MeantDifferences.none.reason(for: missing) == nil)
        }
        let other = try Self.difference("trigger", "x on public.t", "definition", "a", "b")
        #expect(meant.reason(for: other) == nil)
    }

    @Test func anExtensionsVersionIsOnlyTold() throws {
        let version = try Self.difference("extension", "hstore", "version", "1.8", "1.6")
        #expect(MeantDifferences.none.reason(for: version) != nil)
        let schema = try Self.difference("extension", "hstore", "schema", "a", "b")
        #expect(MeantDifferences.none.reason(for: schema) == nil)
    }
}

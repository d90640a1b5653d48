import Testing

@testable import Catalog

@Suite struct SchemaComparisonTests {
    private typealias Object = CatalogObject
    private static let table = Object.Identity("table", "app.orders")
    private static let column = Object.Identity("table column", "app.orders.n")

    private static func object(
        _ type: String, _ name: String, of parent: Object.Identity? = table, above: Object.Identity? = nil,
        _ facts: [String: String] = [:]
    ) -> Object {
        Object(Object.Identity(type, name), parent: parent, above: above, facts: facts)
    }

    private static func column(_ name: String, _ number: Int, _ facts: [String: String] = [:]) -> Object {
        Object(
            Object.Identity("table column", "app.orders.\(name)"), parent: table,
            column: Object.ColumnPlace(name: name, number: number), facts: facts)
    }

    private static func differences(_ source: [Object], _ shadow: [Object]) -> [SchemaDifference] {
        SchemaComparison.differences(
            source: CatalogSchema(majorVersion: 15, source), shadow: CatalogSchema(majorVersion: 15, shadow))
    }

    /// Each line: what both sides have, and what is found.
    @Test(
        arguments: [
            ([:], [:], []),
            (["type": "integer"], ["type": "integer"], []),
            (["type": "integer"], ["type": "bigint"], ["type: integer / bigint"]),
            (["default": "1"], [:], ["default: 1 / -"]),
            ([:], ["comment": "new"], ["comment: - / new"]),
            (
                ["null": "not null", "type": "text"], ["null": "nullable", "type": "text"],
                ["null: not null / nullable"]
            ),
            (
                ["storage": "main", "options": "a=1"], ["storage": "plain"],
                ["options: a=1 / -", "storage: main / plain"]
            ),
        ] as [([String: String], [String: String], [String])])
    func factsAreComparedOneByOne(_ source: [String: String], _ shadow: [String: String], _ expected: [String]) {
        let found = Self.differences([Self.column("n", 1, source)], [Self.column("n", 1, shadow)])
        #expect(found.map { "\($0.what): \($0.source ?? "-") / \($0.shadow ?? "-")" } == expected)
        #expect(found.allSatisfy { $0.identity == Self.column && $0.root == Self.table })
    }

    private static let key = object("table constraint", "orders_key on app.orders", ["definition": "UNIQUE (n)"])
    private static let index = object("index", "app.orders_key", of: key.identity, ["definition": "CREATE …"])
    private static let whole = [
        object("table", "app.orders", of: nil), column("n", 1, ["type": "integer"]), key, index,
        object("sequence", "app.orders_n_seq", of: column),
    ]

    @Test func anObjectThatIsMissingIsOneDifferenceWithAllItsParts() {
        let table = Self.differences(Self.whole, [])
        #expect(table.map(\.identity) == [Self.table])
        #expect(table.first?.change == .missing)
        #expect(
            table.first?.parts.map(\.name) == [
                "app.orders_key", "app.orders_n_seq", "app.orders.n", "orders_key on app.orders",
            ])
        let key = Self.differences(Self.whole, Self.whole.filter { $0 != Self.key && $0 != Self.index })
        #expect(key.map(\.identity) == [Self.key.identity])
        #expect(key.first?.source == "UNIQUE (n)" && key.first?.shadow == nil)
        #expect(key.first?.parts == [Self.index.identity])
        let index = Self.differences(Self.whole, Self.whole.filter { $0 != Self.index })
        #expect(index.map(\.what) == ["missing"])
        #expect(index.first?.root == Self.table)
    }

    @Test func whatOnlyTheShadowHasIsFound() {
        let found = Self.differences([Self.whole[0]], Self.whole)
        #expect(found.map(\.identity.name) == ["app.orders.n", "orders_key on app.orders"])
        #expect(found.allSatisfy { $0.change == .extra && $0.source == nil })
        #expect(found.map(\.shadow) == ["integer", "UNIQUE (n)"])
    }

    /// Each line: the columns with their numbers on both sides, and the orders that are shown.
    @Test(
        arguments: [
            ([("a", 1), ("b", 2)], [("a", 1), ("b", 3)], nil),
            ([("a", 1), ("b", 2)], [("b", 1), ("a", 2)], "a, b / b, a"),
            ([("a", 1), ("b", 2), ("c", 3)], [("c", 1), ("a", 2)], "a, c / c, a"),
            ([("a", 1), ("c", 3)], [("a", 1), ("b", 2), ("c", 3)], nil),
        ] as [([(String, Int)], [(String, Int)], String?)])
    func theOrderOfColumnsIsThatOfThoseOnBothSides(
        _ source: [(String, Int)], _ shadow: [(String, Int)], _ expected: String?
    ) {
        let found = Self.differences(
            Self.whole.prefix(1) + source.map { Self.column($0.0, $0.1) },
            Self.whole.prefix(1) + shadow.map { Self.column($0.0, $0.1) })
        let order = found.filter { $0.what == "column order" }
        #expect(order.first.map { "\($0.source ?? "") / \($0.shadow ?? "")" } == expected)
        #expect(order.allSatisfy { $0.identity == Self.table })
    }

    @Test func aPartSaysWhatItComesFrom() {
        let root = Self.object("table constraint", "c on app.parted", of: nil)
        let middle = Self.object("table constraint", "c on app.parted_1", of: nil, above: root.identity)
        let leaf = Self.object("table constraint", "c on app.parted_1_1", of: nil, above: middle.identity)
        let found = Self.differences([root, middle, leaf], [root, middle])
        #expect(found.map(\.origins) == [[middle.identity, root.identity]])
    }

    @Test func aColumnsOriginIsTheTopmostTables() {
        func column(_ table: String, above: Object.Identity?) -> Object {
            Object(
                Object.Identity("table column", "\(table).n"), parent: Object.Identity("table", table), above: above,
                column: Object.ColumnPlace(name: "n", number: 1))
        }
        let root = column("app.root", above: nil)
        let leaf = column("app.leaf", above: root.identity)
        let schema = CatalogSchema(majorVersion: 17, [root, leaf])
        #expect(schema.origins(ofColumns: [.init(table: "app.leaf", name: "n")]) == [root.identity])
        #expect(schema.origins(ofColumns: [.init(table: "app.root", name: "n")]) == [root.identity])
        #expect(schema.origins(ofColumns: [.init(table: "app.leaf", name: "m")]).isEmpty)
    }

    /// A job leaves out foreign keys to tables that it does not follow; those that the shadow has all the same count.
    @Test func foreignKeysToOtherTablesAreLeftOut() {
        func key(_ target: String) -> Object {
            Object(
                Object.Identity("table constraint", "\(target)_key on app.orders"), isForeignKey: true, target: target)
        }
        let source = CatalogSchema(majorVersion: 15, [key("app.items"), key("app.users"), key("app.kept")])
        let shadow = CatalogSchema(majorVersion: 15, [key("app.kept")])
        let left = source.withoutForeignKeys(toOthersThan: ["app.items"], unlessIn: shadow)
        #expect(Set(left.objects.values.compactMap(\.target)) == ["app.items", "app.kept"])
    }

    @Test func theListIsTheSameEachTime() {
        let source = (1...40).map { Self.object("index", "app.i\($0)", ["definition": "a", "comment": "b"]) }
        let found = Self.differences(Self.whole + source, Self.whole)
        #expect(found == Self.differences((Self.whole + source).reversed(), Self.whole.reversed()))
        #expect(found.count == 40)
    }
}

import LocalCluster
import Testing
import Waiting

@testable import Shell

@Suite(.blocking) struct CompleterTests {
    private static var completer: Completer {
        var completer = Completer()
        completer.snapshot.relations = [
            .init(schema: "public", name: "orders", kind: "r", columns: ["id", "customer", "Odd Column"]),
            .init(schema: "public", name: "order_items", kind: "r", columns: ["item", "order_id"]),
            .init(schema: "public", name: "orders_pkey", kind: "i"),
            .init(schema: "public", name: "Mixed", kind: "r", columns: ["a"]),
            .init(schema: "shop", name: "offers", kind: "v", isVisible: false, columns: ["price"]),
            .init(schema: "pg_catalog", name: "pg_class", kind: "r", isSystem: true, columns: ["relname"]),
        ]
        completer.snapshot.names = [
            .schema: ["public", "shop", "pg_catalog"], .setting: ["search_path", "TimeZone"], .role: ["alice"],
            .function: ["now", "count"], .publication: ["p1"],
        ]
        completer.commands = [
            CompletableCommand("dt", [.table]), CompletableCommand("d", [.relation]), CompletableCommand("du", [.role]),
            CompletableCommand("i", [.file]), CompletableCommand("slot create"), CompletableCommand("slot drop"),
            CompletableCommand("slots"), CompletableCommand("publish", [.table, .words(["all"])]),
            CompletableCommand("set", [.variable]),
        ]
        completer.variables = ["ON_ERROR_STOP", "name", "number"]
        completer.entries = { $0 == "dir/" ? [("a.sql", false), ("b", true)] : [("dir", true), ("data.csv", false)] }
        return completer
    }

    @Test(arguments: [
        ("\\", ["\\d", "\\dt", "\\du", "\\i", "\\publish", "\\set", "\\slot", "\\slots"]),
        ("\\sl", ["\\slot", "\\slots"]), ("\\slot ", ["create", "drop"]), ("\\slot cr", ["create"]), ("\\nothing", []),
        ("\\dt ord", ["order_items", "orders"]), ("\\dt+ ord", ["order_items", "orders"]),
        ("\\d orders_", ["orders_pkey"]), ("\\du a", ["alice"]), ("\\publish al", ["all"]),
        ("\\publish orders ord", ["order_items", "orders"]), ("\\i d", ["data.csv", "dir/"]),
        ("\\i dir/", ["dir/a.sql", "dir/b/"]),
        ("\\set ON", ["ON_ERROR_STOP"]), ("\\echo :n", [":name", ":number"]),
        ("SEL", ["SELECT"]), ("sel", ["select"]), ("u", ["unlisten", "update"]),
        ("SELECT * FROM o", ["order_items", "orders"]), ("select * from s", ["shop."]),
        ("SELECT * FROM shop.", ["shop.offers"]), ("SELECT * FROM M", []), ("SELECT * FROM \"M", ["\"Mixed\""]),
        ("SELECT * FROM orders, or", ["order_items", "orders"]),
        ("SELECT * FROM orders JOIN or", ["order_items", "orders"]),
        ("INSERT INTO ord", ["order_items", "orders"]), ("UPDATE ord", ["order_items", "orders"]),
        ("UPDATE orders SET c", ["count", "customer"]),
        ("INSERT INTO orders (", ["\"Odd Column\"", "customer", "id"]),
        ("SELECT * FROM orders WHERE c", ["count", "customer"]), ("SELECT :{?na", [":{?name}"]),
        ("SELECT * FROM orders o WHERE o.", ["o.\"Odd Column\"", "o.customer", "o.id"]),
        ("SELECT * FROM orders AS x JOIN order_items AS y ON y.", ["y.item", "y.order_id"]),
        ("SELECT * FROM orders ORD", ["ORDER BY"]), ("DROP INDEX o", ["orders_pkey"]),
        ("DROP TA", ["TABLE", "TABLESPACE"]),
        ("DROP TABLE o", ["order_items", "orders"]), ("CREATE TABLE o", []), ("SHOW s", ["search_path"]),
        ("set tim", ["TimeZone"]), ("SELECT 'SEL", []), ("SELECT 1 -- FROM o", []), ("SELECT 1; SEL", ["SELECT"]),
        ("SELECT :n", [":name", ":number"]), ("SELECT :'na", [":'name'"]), ("SELECT id::n", []),
        ("SELECT *\nFROM\n  ord", ["order_items", "orders"]), ("ALTER PUBLICATION p", ["p1"]),
        ("SELECT * FROM pg_cl", ["pg_class"]),
        ("\\", ["\\d", "\\dt", "\\du", "\\i", "\\publish", "\\set", "\\slot", "\\slots"]),
    ])
    func candidates(text: String, expected: [String]) {
        #expect(Self.completer.complete(text)?.candidates.map(\.text) ?? [] == expected, "\(text)")
    }

    @Test func snapshotOfAServer() throws {
        let database = try SharedCluster.database()
        try database.run(
            "CREATE TABLE \"Käse\" (\"a \"\"b\" int, c text); CREATE SCHEMA x; CREATE VIEW x.v AS SELECT 1 AS one")
        let snapshot = try CatalogSnapshot(try database.connect())
        let table = try #require(snapshot.relations.first { $0.name == "Käse" })
        #expect(table.columns == ["a \"b", "c"] && table.isVisible && table.kind == "r" && table.schema == "public")
        #expect(
            snapshot.relations.contains { $0.schema == "x" && $0.name == "v" && !$0.isVisible && $0.columns == ["one"] }
        )
        #expect(snapshot.names[.schema]?.contains("x") == true)
        #expect(snapshot.names[.setting]?.contains("search_path") == true)
        #expect(snapshot.names[.function]?.contains("count") == true)
    }

    @Test func listGoesDownTheColumns() {
        let completion = Completion(word: "", candidates: ["a", "bb", "ccc", "d", "e"].map { .init($0) })
        #expect(completion.list(columns: 12) == "a    d\nbb   e\nccc\n")
        #expect(completion.commonPrefix == "")
        #expect(Completion(word: "OR", candidates: [.init("orders"), .init("order_items")]).commonPrefix == "order")
    }
}

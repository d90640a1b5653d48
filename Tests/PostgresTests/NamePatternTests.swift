import Postgres
import Testing

@Suite struct NamePatternTests {
    @Test(arguments: [
        ("*.*", "public", "users", true),
        ("public.*", "public", "users", true),
        ("public.*", "shop", "users", false),
        ("users", "shop", "users", true),
        ("users", "public", "users2", false),
        ("PUBLIC.Users", "public", "users", true),
        ("public.Users", "public", "Users", false),
        ("public.\"Users\"", "public", "Users", true),
        ("\"My.Schema\".tbl", "My.Schema", "tbl", true),
        ("\"My.Schema\".tbl", "My", "Schema", false),
        ("\"a\"\"b\".c", "a\"b", "c", true),
        ("\"a*\".c", "ab", "c", false),
        ("\"a*\".c", "a*", "c", true),
        ("shop.order?", "shop", "orders", true),
        ("shop.order?", "shop", "order", false),
        ("audit_*", "public", "audit_2024", true),
        ("*_log_*_old", "public", "a_log_b_log_c_old", true),
        ("*_log_*_old", "public", "a_log_old", false),
        ("*aab", "s", "aaab", true),
        ("öl", "public", "öl", true),
        ("Öl", "public", "öl", false),
        ("o?", "public", "oe\u{301}", false),
    ])
    func matches(pattern: String, schema: String, table: String, expected: Bool) throws {
        #expect(try TablePattern(pattern).matches(QualifiedName(schema: schema, name: table)) == expected)
    }

    @Test(arguments: ["", ".", "a.", ".b", "a.b.c", "\"a", "a.\"\""])
    func refuses(pattern: String) {
        #expect(throws: PostgresError.self) { try TablePattern(pattern) }
    }

    @Test func manyWildcardsEnd() throws {
        let pattern = try TablePattern(String(repeating: "*a", count: 40) + "b")
        #expect(!pattern.matches(QualifiedName(schema: "s", name: String(repeating: "a", count: 400))))
    }

    @Test(arguments: [
        ("orders", "^(orders)$"), ("Orders", "^(orders)$"), ("\"Orders\"", "^(Orders)$"), ("o*s?", "^(o.*s.)$"),
        ("\"a*b\"", "^(a\\*b)$"), ("a$b-c", "^(a\\$b\\-c)$"), ("öl", "^(öl)$"), ("\"a\"\"b\"", "^(a\\\"b)$"),
        ("x\"Y z\"", "^(xY\\ z)$"),
    ])
    func isTheServersRegularExpression(text: String, expression: String) throws {
        #expect(try TablePattern(text).name.regularExpression == expression)
    }

    @Test(arguments: [("orders", "orders"), ("\"A b\"", "A b"), ("o*", nil), ("o?", nil), ("\"o*\"", "o*")])
    func hasALiteral(text: String, literal: String?) throws {
        #expect(try TablePattern(text).name.literal == literal)
    }

    @Test func anExactNameHasNoWildcards() {
        let pattern = TablePattern(exactly: QualifiedName(schema: "App", name: "a*\""))
        #expect(pattern.isLiteral)
        #expect(pattern.matches(QualifiedName(schema: "App", name: "a*\"")))
        #expect(!pattern.matches(QualifiedName(schema: "App", name: "ab\"")))
        #expect(pattern.description == "\"App\".\"a*\"\"\"")
    }

    @Test(arguments: [("app", "app"), ("\"My s\"", "\"My s\""), ("a*?", "a*?")])
    func isWrittenAsTyped(text: String, description: String) throws {
        #expect(try TablePattern(text).name.description == description)
    }
}

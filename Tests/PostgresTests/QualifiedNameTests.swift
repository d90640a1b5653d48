import Libpq
import LocalCluster
import Postgres
import Testing

@Suite struct QualifiedNameTests {
    @Test(arguments: [
        ("users", "\"users\""), ("Users", "\"Users\""), ("a\"b", "\"a\"\"b\""), ("", "\"\""), ("\"", "\"\"\"\""),
        ("sel ect", "\"sel ect\""), ("naïve", "\"naïve\""),
    ])
    func quotesIdentifiers(_ name: String, _ quoted: String) {
        #expect(quoteIdentifier(name) == quoted)
    }

    @Test(arguments: ["plain", "it's", "back\\slash", "'", "", "a'b\\c''", "\\'", "new\nline", "€"])
    func literalsMeanTheirTextWhateverTheServersSetting(_ text: String) throws {
        let connection = try SharedCluster.cluster(.shadow).connect()
        for setting in ["on", "off"] {
            try connection.query("SET standard_conforming_strings = \(setting)")
            try connection.query("SET escape_string_warning = off")
            let result = try connection.query("SELECT \(quoteLiteral(text))")
            #expect(result[0, 0] == text)
        }
    }

    @Test(arguments: [
        ("public", "users", "public.users"), ("public", "Users", "public.\"Users\""), ("a b", "x$1", "\"a b\".x$1"),
        ("s", "1st", "s.\"1st\""), ("s", "", "s.\"\""), ("s", "öl", "s.\"öl\""),
    ])
    func showsQuotesOnlyWhereNeeded(_ schema: String, _ name: String, _ shown: String) {
        #expect(QualifiedName(schema: schema, name: name).description == shown)
    }

    @Test func sortsBySchemaThenName() {
        let names = [("b", "a"), ("a", "b"), ("a", "a")].map { QualifiedName(schema: $0.0, name: $0.1) }
        #expect(names.sorted().map(\.description) == ["a.a", "a.b", "b.a"])
        #expect(names[0].quoted == "\"b\".\"a\"")
    }
}

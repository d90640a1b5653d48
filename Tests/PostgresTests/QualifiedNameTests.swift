import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct QualifiedNameTests {
    @Test(arguments: [
        ("users", "\"users\""), ("Users", "\"Users\""), ("a\"b", "\"a\"\"b\""), ("", "\"\""), ("\"", "\"\"\"\""),
        ("sel ect", "\"sel ect\""), ("naïve", "\"naïve\""),
        ("a\"\u{301}b", "\"a\"\"\u{301}b\""),
    ])
    func quotesIdentifiers(_ name: String, _ quoted: String) {
        #expect(quoteIdentifier(name) == quoted)
    }

    @Test(arguments: [
        "plain", "it's", "back\\slash", "'", "", "a'b\\c''", "\\'", "new\nline", "€", "a'\u{301}", "\\\u{301}'",
    ])
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

    /// Servers compare bytes: é in one character and in two are two names.
    @Test func namesAreEqualByteByByte() {
        let composed = QualifiedName(schema: "s", name: "caf\u{e9}")
        let decomposed = QualifiedName(schema: "s", name: "cafe\u{301}")
        #expect(composed != decomposed && composed == QualifiedName(schema: "s", name: "caf\u{e9}"))
        #expect(Set([composed, decomposed, composed]).count == 2)
        #expect(QualifiedName(schema: "ab", name: "c") != QualifiedName(schema: "a", name: "bc"))
    }

    @Test func sortsBySchemaThenName() {
        let names = [("b", "a"), ("a", "b"), ("a", "a")].map { QualifiedName(schema: $0.0, name: $0.1) }
        #expect(names.sorted().map(\.description) == ["a.a", "a.b", "b.a"])
        #expect(names[0].quoted == "\"b\".\"a\"")
    }
}

import Postgres
import Testing

@Suite struct NameScannerTests {
    @Test func readsPatternsBetweenSpacesAndCommas() throws {
        var scanner = NameScanner(" orders,app.\"Odd, name\"  x.y* ")
        var patterns: [String] = []
        scanner.skipSeparators()
        while !scanner.isAtEnd {
            patterns.append(try scanner.tablePattern().description)
            scanner.skipSeparators()
        }
        #expect(patterns == ["orders", "app.\"Odd, name\"", "x.y*"])
    }

    @Test func takesAKeywordOnlyAsAWholeBareWord() {
        func takesWhere(_ text: String) -> Bool {
            var scanner = NameScanner(text)
            return scanner.take(keyword: "where")
        }
        #expect(takesWhere("WHERE (x)"))
        for text in ["wherever", "\"where\"", "where.x", "where_", "wher"] {
            #expect(!takesWhere(text), "\(text)")
        }
    }

    @Test(arguments: [
        ("(a (b) c) d", "a (b) c"), ("(')' , \")\")", "')' , \")\""), ("()", ""), ("('it''s)')", "'it''s)'"),
    ])
    func readsAParenthesizedText(text: String, inner: String) throws {
        var scanner = NameScanner(text)
        #expect(try scanner.parenthesized() == inner)
    }

    @Test(arguments: ["(a", "('a)", "a"])
    func refusesAnUnbalancedParenthesis(text: String) {
        var scanner = NameScanner(text)
        #expect(throws: PostgresError.self) { try scanner.parenthesized() }
    }

    @Test(arguments: [
        ("a.b.c", "improper table name (too many dotted names): a.b…"),
        ("\"a", "unterminated quoted identifier: \"a"), ("\"\"", "zero-length delimited identifier: \"\""),
        ("a b", "syntax error at \" b\""), ("", "a name is missing at the end"), ("a.", "a name is missing at the end"),
    ])
    func saysWhatIsWrong(text: String, message: String) {
        #expect {
            try TablePattern(text)
        } throws: { error in
            (error as? PostgresError)?.message == message
        }
    }
}

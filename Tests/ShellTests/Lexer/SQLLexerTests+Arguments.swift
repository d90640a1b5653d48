import Testing

@testable import Shell

@Suite struct ArgumentTests {
    struct Case: Sendable {
        let line: String
        let arguments: [String]
        init(_ line: String, _ arguments: String...) {
            self.line = line
            self.arguments = arguments
        }
    }

    @Test(arguments: [
        Case("a b", "a", "b"), Case("  a\t b  ", "a", "b"), Case("'a b' c", "a b", "c"),
        Case("a'b c'd", "ab cd"), Case("'it''s'", "it's"), Case("'\\t\\n\\x41\\101\\q\\\\'", "\t\nAAq\\"),
        Case("''", ""), Case("\"A b\" c", "\"A b\"", "c"), Case("`ls :v`", "<ls 5>"), Case("`x :'v'`", "<x '5'>"),
        Case(":v :'v' :\"v\"", "5", "'5'", "\"5\""), Case("a:v.b", "a5.b"), Case(":none :'none'", ":none", ":'none'"),
        Case(":{?v} :{?none}", "TRUE", "FALSE"), Case("':v'", ":v"), Case("a;b;", "a;b;"), Case("a|b", "a|b"),
        Case("'a\\0b'", "a"),
        Case("a\\\\b", "a"), Case(": :: :{", ":", "::", ":{"),
    ])
    func reads(_ example: Case) {
        #expect(LexerHarness(["v": "5"]).arguments(example.line) == example.arguments)
    }

    @Test func unquotedSemicolonsAtTheEndAreStripped() {
        #expect(LexerHarness().arguments("a;; b;c;", strippingSemicolons: true) == ["a", "b;c"])
        #expect(LexerHarness().arguments("'a;'", strippingSemicolons: true) == ["a;"])
        #expect(LexerHarness().arguments(";", strippingSemicolons: true) == [])
    }

    @Test func identifiersAreFolded() {
        #expect(LexerHarness().arguments("Foo.\"Bar\"x ÄB", .identifier) == ["foo.Barx", "Äb"])
        #expect(LexerHarness().arguments("Foo \"a\"\"B\"", .identifierAsTyped) == ["Foo", "a\"B"])
    }

    @Test func aPipeTakesTheRestOfTheLine() {
        #expect(LexerHarness().arguments("| cat > 'x y'; z", .fileOrPipe) == ["| cat > 'x y'; z"])
        #expect(LexerHarness().arguments("a | b", .fileOrPipe) == ["a", "| b"])
        #expect(LexerHarness(["v": "5"]).arguments("  t from 'x' :v\\ ", .wholeLine) == ["t from 'x' :v\\ "])
        #expect(
            LexerHarness(["v": "5"]).arguments(" t (a) where (b = ':v' and c > :v); ", .line) == [
                "t (a) where (b = ':v' and c > 5)"
            ])
    }

    @Test(arguments: ["'a", "\"a", "`a", "a'b"])
    func anOpenQuoteIsAnError(_ line: String) {
        let harness = LexerHarness()
        #expect(harness.arguments(line) == [])
        #expect(harness.reports == ["unterminated quoted string"])
    }

    @Test func inactiveBranchesExpandNothing() {
        let harness = LexerHarness(["v": "5"])
        harness.isActive = false
        #expect(harness.arguments(":v `ls`") == [":v", "ls"])
    }

    @Test func aNameEndsAtWhiteSpaceOrABackslash() {
        let harness = LexerHarness()
        for (line, name, rest) in [("echo x", "echo", "x"), ("q\\\\ select", "q", "")] {
            harness.lexer.begin(Array(line.utf8), encoding: .utf8, standardStrings: true)
            #expect(harness.lexer.scanCommandName() == name)
            #expect(harness.lexer.scanArgument()?.text ?? "" == rest)
            harness.lexer.scanCommandEnd()
        }
        var query: [UInt8] = []
        var prompt = PromptStatus.ready
        _ = harness.lexer.scan(into: &query, prompt: &prompt)
        #expect(String(decoding: query, as: UTF8.self) == "select")
    }
}

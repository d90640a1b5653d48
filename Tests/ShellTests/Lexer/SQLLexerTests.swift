import Testing

@testable import Shell

@Suite struct SQLLexerTests {
    struct Case: Sendable {
        let text: String
        let statements: [String]
        init(_ text: String, _ statements: String...) {
            self.text = text
            self.statements = statements
        }
    }

    @Test(arguments: [
        Case("select 1; select 2;", "select 1;", "select 2;"),
        Case("select 1", "select 1"),
        Case("select (1;2); x", "select (1;2);", "x"),
        Case(") ; x", ") ;", "x"),
        Case("  -- comment\nselect 1;", "select 1;"),
        Case("select 1 -- c; d\n;", "select 1 -- c; d\n;"),
        Case("/* a; */ select 1;", "/* a; */ select 1;"),
        Case("select /* a /* ; */ ; */ 1;", "select /* a /* ; */ ; */ 1;"),
        Case("select /**/ 1; /***/ x", "select /**/ 1;", "/***/ x"),
        Case("select 1 +/* ; */ 2;", "select 1 +/* ; */ 2;"),
        Case("select 1 +-- ;\n 2;", "select 1 +-- ;\n 2;"),
        Case("select 'a;b''c;' ;", "select 'a;b''c;' ;"),
        Case("select 'a\\' ; x", "select 'a\\' ;", "x"),
        Case("select E'a\\';' ; x", "select E'a\\';' ;", "x"),
        Case("select e'\\\\' ; x", "select e'\\\\' ;", "x"),
        Case("select B'0;1', X'f;f', N'a;b' ; x", "select B'0;1', X'f;f', N'a;b' ;", "x"),
        Case("select U&'a;\\' ; x", "select U&'a;\\' ;", "x"),
        Case("select U&\"a;b\", \"c;\"\"d\" ; x", "select U&\"a;b\", \"c;\"\"d\" ;", "x"),
        Case("select 'one\n;two' ; x", "select 'one\n;two' ;", "x"),
        Case("select $$a;b$$ ; x", "select $$a;b$$ ;", "x"),
        Case("select $q$a;$$;$r$;$q$ ; x", "select $q$a;$$;$r$;$q$ ;", "x"),
        Case("select $a$;$a$a$ ; x", "select $a$;$a$a$ ;", "x"),
        Case("select $1;x", "select $1;", "x"),
        Case("select a$$b; c$$;", "select a$$b;", "c$$;"),
        Case("select 1e'a;b' ; x", "select 1e'a;b' ;", "x"),
        Case("select a::int, b[1:2], c := 1;", "select a::int, b[1:2], c := 1;"),
        Case("select 1..10, .5, 1.e-5;x", "select 1..10, .5, 1.e-5;", "x"),
        Case("a\\;b;", "a;b;"),
        Case("select \\:x;", "select :x;"),
        Case(";;", ";", ";"),
        Case("select 1\\g out", "[g|out]", "select 1"),
        Case(
            "create function f() returns int begin atomic select 1; select case when true then 1 end; end; x",
            "create function f() returns int begin atomic select 1; select case when true then 1 end; end;", "x"),
        Case(
            "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC select 1; END; x",
            "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC select 1; END;", "x"),
        Case("begin; end;", "begin;", "end;"),
        Case("create table begin (end int); x", "create table begin (end int);", "x"),
    ])
    func splits(_ example: Case) {
        #expect(LexerHarness().split(example.text) == example.statements)
    }

    @Test(arguments: [
        ("select 1", PromptStatus.continuation), ("select (1", .parenthesis), ("select 'a", .singleQuote),
        ("select \"a", .doubleQuote), ("select $x$", .dollarQuote), ("select /*", .comment), ("", .ready),
        ("-- nothing", .ready), ("select 1;", .ready), ("create function f() begin atomic select 1;", .continuation),
    ])
    func tellsWhatTheNextLineNeeds(_ text: String, _ prompt: PromptStatus) {
        let harness = LexerHarness()
        _ = harness.split(text)
        #expect(harness.lastPrompt == prompt)
    }

    @Test(arguments: [
        ("select :a;", "select 5;"), ("select :'a', :\"a\";", "select '5', \"5\";"),
        ("select :{?a}, :{?z};", "select TRUE, FALSE;"), ("select :z, :'z', :\"z\";", "select :z, :'z', :\"z\";"),
        ("select ':a', \":a\", $$:a$$ /* :a */;", "select ':a', \":a\", $$:a$$ /* :a */;"),
        ("select x::a, y:=a;", "select x::a, y:=a;"), ("select :'a;", "select :'a;"),
        ("select :quoted';", "select ';';"), ("select :{a};", "select :{a};"), ("select :größe;", "select 7;"),
    ])
    func expandsVariables(_ text: String, _ expanded: String) {
        let harness = LexerHarness(["a": "5", "quoted": "';", "größe": "7"])
        #expect(harness.split(text) == [expanded])
    }

    @Test func aValueIsReadAsSQL() {
        let harness = LexerHarness(["two": "select 1; select 2", "open": "'a"])
        #expect(harness.split(":two;") == ["select 1;", "select 2;"])
        #expect(harness.split("select :open;b';") == ["select 'a;b';"])
    }

    @Test func recursionIsLeftAsItIs() {
        let harness = LexerHarness(["a": "x :b", "b": "y :a"])
        #expect(harness.split("select :a;") == ["select x y :a;"])
        #expect(harness.warnings == ["skipping recursive expansion of variable \"a\""])
    }

    @Test func aStringMayGoOnInTheNextLine() {
        let harness = LexerHarness(["lines": "'a'\n  'b;c'"])
        #expect(harness.split("select :lines; x") == ["select 'a'\n  'b;c';", "x"])
    }

    @Test func backslashesEscapeWhereStringsAreNotStandard() {
        #expect(LexerHarness().split("select 'a\\';' ; x", standardStrings: false) == ["select 'a\\';' ;", "x"])
    }

    @Test func secondBytesThatLookLikeASCIIAreHidden() {
        // 0x95 0x5C is 表 in SJIS: its second byte is a backslash.
        let bytes = Array("select '".utf8) + [0x95, 0x5C] + Array("';".utf8)
        let harness = LexerHarness()
        let sjis = ClientEncoding(name: "SJIS")
        #expect(harness.split(bytes: bytes, encoding: sjis, standardStrings: false).count == 1)
        #expect(harness.lastPrompt == .ready)
        let plain = LexerHarness()
        _ = plain.split(bytes: bytes, standardStrings: false)
        #expect(plain.lastPrompt == .singleQuote)
    }

    @Test func noTextStopsTheLexer() {
        // Every prefix of a text that has everything in it is scanned to its end.
        let text = Array("a 'b' E'\\'' $x$ y $x$ /* /* */ */ \"q\" :v :'v' 1.5e-3 U&'x' ;\\; (x) <=-- c".utf8)
        for end in 0...text.count {
            _ = LexerHarness(["v": "1"]).split(bytes: Array(text[..<end]))
            _ = LexerHarness().split(bytes: Array(text[end...]) + [0x00, 0xFF])
        }
    }

    @Test(arguments: [
        ("copy t from stdin", 1), ("copy t (a) from stdin csv", 1), ("COPY t FROM/* x */STDIN", 1),
        ("copy t from stdin; select 1; copy u from stdin", 2), ("copy (select 1) to stdout", 0),
        ("copy (select 1 from stdin) to stdout", 0), ("copy t from 'file'", 0), ("select 1", 0),
        ("insert into copy select 1 from stdin", 0),
    ])
    func countsTheCopiesThatDataFollows(_ text: String, _ count: Int) {
        #expect(InlineCopies.count(in: Array(text.utf8), encoding: .utf8, standardStrings: true) == count)
    }
}

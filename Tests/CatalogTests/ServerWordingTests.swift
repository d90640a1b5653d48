import Testing

@testable import Catalog

/// Each line is something that two servers were seen to write in two ways, or something that only looks like it.
@Suite struct ServerWordingTests {
    private static func isSame(
        _ source: String, _ shadow: String, fact: String = "definition", type: String = "table constraint",
        versions: (Int, Int) = (15, 15)
    ) -> Bool {
        ServerWording.isSame(fact, of: type, source: (source, versions.0), shadow: (shadow, versions.1))
    }

    @Test(arguments: [
        (
            "CHECK (((v)::text = ANY ((ARRAY['a'::character varying, 'b,'::character varying])::text[])))",
            "CHECK (((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b,'::character varying)::text])))"
        ),
        (
            "CHECK ((n = ANY ((ARRAY[f(1, 2), (a + b)])::numeric(10,2)[])))",
            "CHECK ((n = ANY (ARRAY[(f(1, 2))::numeric(10,2), ((a + b))::numeric(10,2)])))"
        ),
        (
            "CHECK ((x = ANY ((ARRAY['a]'::text, E'\\')'::text])::\"Odd \"\"Type\".d[])))",
            "CHECK ((x = ANY (ARRAY[('a]'::text)::\"Odd \"\"Type\".d, (E'\\')'::text)::\"Odd \"\"Type\".d])))"
        ),
        ("CHECK ((n > 0)) NOT VALID", "CHECK ((n > 0))"),
        ("CHECK (((n > 0)))", "CHECK ((n > 0))"),
        ("CHECK ((\"json\" > 0))", "CHECK ((json > 0))"),
    ])
    func bothMeanTheSame(_ source: String, _ shadow: String) {
        #expect(Self.isSame(source, shadow) && Self.isSame(shadow, source))
    }

    @Test(arguments: [
        ("CHECK ((v = 'a'::text))", "CHECK ((v = 'b'::text))"),
        ("CHECK ((v = '((a))'::text))", "CHECK ((v = '(a)'::text))"),
        ("CHECK ((\"((n))\" > 0))", "CHECK ((\"(n)\" > 0))"),
        ("CHECK ((\"Json\" > 0))", "CHECK ((json > 0))"),
        ("CHECK ((v = '\"json\"'::text))", "CHECK ((v = 'json'::text))"),
        ("CHECK ((v = 'a  b'::text))", "CHECK ((v = 'a b'::text))"),
        (
            "CHECK (((v)::text = ANY ((ARRAY['a'::character varying])::text[])))",
            "CHECK (((v)::text = ANY (ARRAY[('a'::character varying)::bpchar])))"
        ),
        (
            "CHECK (((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))",
            "CHECK (((v)::text = ANY (ARRAY[('a'::character varying)::text])))"
        ),
        ("CHECK (((a OR b) AND c))", "CHECK ((a OR (b AND c)))"),
        ("FOREIGN KEY (a) REFERENCES b(c)", "FOREIGN KEY (a) REFERENCES b(c) DEFERRABLE"),
        ("CHECK ((f(a) > 0))", "CHECK ((f((a, b)) > 0))"),
    ])
    func theseDiffer(_ source: String, _ shadow: String) {
        #expect(!Self.isSame(source, shadow) && !Self.isSame(shadow, source))
    }

    @Test func anIndexMayHaveMoreParentheses() {
        let new = "CREATE INDEX i ON app.t USING btree (id, (tz AT TIME ZONE 'UTC'::text))"
        let old = "CREATE INDEX i ON app.t USING btree (id, ((tz AT TIME ZONE 'UTC'::text)))"
        #expect(Self.isSame(new, old, type: "index", versions: (18, 15)))
    }

    @Test func aTriggersFunctionHadAnotherWord() {
        let new = "CREATE TRIGGER t AFTER INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION app.f('EXECUTE PROCEDURE')"
        let old = "CREATE TRIGGER t AFTER INSERT ON app.t FOR EACH ROW EXECUTE PROCEDURE app.f('EXECUTE PROCEDURE')"
        #expect(Self.isSame(old, new, type: "trigger", versions: (11, 18)))
        #expect(!Self.isSame(old, new + "x", type: "trigger", versions: (11, 18)))
    }

    /// What is typed as it is stays as it is.
    @Test func theBodyOfAFunctionIsText() {
        let body = "CREATE OR REPLACE FUNCTION app.f()\n LANGUAGE sql\nAS $function$ SELECT ((1)) $function$\n"
        #expect(!Self.isSame(body, body.replacing("((1))", with: "(1)"), type: "function"))
        let standard =
            "CREATE OR REPLACE FUNCTION app.f()\n LANGUAGE sql\nRETURN ((v)::text = ANY ((ARRAY['a'::v])::text[]))\n"
        let restored = standard.replacing("(ARRAY['a'::v])::text[]", with: "ARRAY[('a'::v)::text]")
        #expect(Self.isSame(standard, restored, type: "function"))
        #expect(!Self.isSame("((a))", "(a)", fact: "comment"))
    }

    @Test func aFunctionsArgumentsMayBeKeywords() {
        let old =
            "CREATE OR REPLACE FUNCTION app.f(json integer)\n LANGUAGE sql\nAS $function$ SELECT \"json\" $function$\n"
        let new = old.replacing("(json", with: "(\"json\"")
        #expect(Self.isSame(old, new, type: "function", versions: (13, 17)))
        #expect(!Self.isSame(old, new.replacing("SELECT \"json\"", with: "SELECT json"), type: "function"))
    }

    @Test func anIdentityIsTheSameWithAKeywordsQuotes() {
        let identity = CatalogObject.Identity("table column", "app.\"user\".\"json\"")
        #expect(identity == CatalogObject.Identity("table column", "app.user.json"))
        #expect(identity.hashValue == CatalogObject.Identity("table column", "app.user.json").hashValue)
        #expect(identity != CatalogObject.Identity("table column", "app.user.\"Json\""))
        #expect(identity != CatalogObject.Identity("index", "app.user.json"))
        #expect(identity.name == "app.\"user\".\"json\"")
    }

    /// An old server cannot write what a newer one does, and its own words are of other types.
    @Test func anOldShadowIsNotAskedForANewersWords() {
        let new = "CHECK ((EXTRACT(year FROM d) > (1900)::numeric))"
        let old = "CHECK ((date_part('year'::text, d) > ((1900)::numeric)::double precision))"
        #expect(Self.isSame(new, old, versions: (18, 13)))
        #expect(!Self.isSame(new, old, versions: (18, 15)))
        #expect(!Self.isSame(old, new, versions: (13, 18)))
        #expect(!Self.isSame("CHECK ((n > 1))", "CHECK ((n > 2))", versions: (18, 13)))
    }

    @Test func anICULocaleHasAStandardForm() {
        #expect(Self.isSame("en-u-kn-true", "en-u-kn", fact: "locale", type: "collation", versions: (15, 17)))
        #expect(!Self.isSame("en-u-kn-true", "de-u-kn", fact: "locale", type: "collation", versions: (15, 17)))
    }
}

import Postgres
import Testing

@testable import Subscriber

@Suite struct RestoreScriptTests {
    private static let dump = """
        \\restrict abc
        SET statement_timeout = 0;
        SET transaction_timeout = 0;
        SET default_table_access_method = heap;
        CREATE TABLE public.t (id integer);
        \\unrestrict abc
        """

    @Test func whatOnlyPsqlOrANewerServerKnowsIsLeftOut() {
        let old = RestoreScript(Self.dump, for: ServerVersion(110_000)).text
        #expect(old == "SET statement_timeout = 0;\nCREATE TABLE public.t (id integer);")
        let new = RestoreScript(Self.dump, for: ServerVersion(180_000)).text
        #expect(new.contains("transaction_timeout"))
        #expect(new.contains("default_table_access_method"))
        #expect(!new.contains("restrict"))
    }

    @Test func nothingStaysNothing() {
        #expect(RestoreScript("\\restrict x\n\n\\unrestrict x\n", for: ServerVersion(150_000)).text.isEmpty)
    }

    @Test func anErrorNamesItsStatement() {
        let text = "SET a = 1;\nCREATE TÄBLE x ();\nSELECT 1;"
        #expect(RestoreScript.statement(in: text, at: 13) == "CREATE TÄBLE x ();")
        #expect(RestoreScript.statement(in: text, at: 1) == "SET a = 1;")
        #expect(RestoreScript.statement(in: text, at: 10_000) == "")
    }
}

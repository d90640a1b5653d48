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

    @Test func olderServersTakeNotNullBehindTheTable() {
        let dump = """
            CREATE TABLE public.child (
                extra text NOT NULL,
                NOT NULL id,
                CONSTRAINT named NOT NULL "B b"
            )
            INHERITS (public.parent);
            CREATE TABLE public.other (
                CONSTRAINT c CHECK ((n IS NOT NULL AND n > 0)),
                NOT NULL n NO INHERIT
            )
            INHERITS (public.parent);
            """
        let older = """
            CREATE TABLE public.child (
                extra text NOT NULL
            )
            INHERITS (public.parent);
            ALTER TABLE ONLY public.child ALTER COLUMN id SET NOT NULL;
            ALTER TABLE ONLY public.child ALTER COLUMN "B b" SET NOT NULL;
            CREATE TABLE public.other (
                CONSTRAINT c CHECK ((n IS NOT NULL AND n > 0))
            )
            INHERITS (public.parent);
            ALTER TABLE ONLY public.other ALTER COLUMN n SET NOT NULL;
            """
        #expect(RestoreScript(dump, for: ServerVersion(170_000)).text == older)
        #expect(RestoreScript(dump, for: ServerVersion(180_000)).text == dump)
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

import Postgres
import Testing

@testable import Publisher

@Suite struct NotNullConstraintsTests {
    private static let dump = """
        CREATE TABLE public.child (
            extra text NOT NULL DEFAULT ', NOT NULL x'::text,
            own integer CONSTRAINT own_nn NOT NULL NO INHERIT,
            NOT NULL id,
            CONSTRAINT "named (" NOT NULL "B, b",
            CONSTRAINT c CHECK ((n IS NOT NULL) AND (n > ALL (ARRAY[1, 2]))) NO INHERIT,
            NOT NULL n NO INHERIT
        )
        INHERITS (public.parent, public.other);
        ALTER TABLE ONLY public.child REPLICA IDENTITY FULL;

        """

    private static let table = QualifiedName(schema: "public", name: "child")

    @Test func olderServersTakeThemAfterTheTable() {
        let constraints = NotNullConstraints([
            Self.table: [
                .init(name: "extra", isNotInherited: false), .init(name: "id", isNotInherited: false),
                .init(name: "B, b", isNotInherited: false), .init(name: "n", isNotInherited: true),
                .init(name: "own", isNotInherited: true),
            ]
        ])
        let piece = SchemaPiece(number: 1, sql: Self.dump, kind: "table", name: "public.child", table: Self.table)
        #expect(
            constraints.older(piece).sql == """
                CREATE TABLE public.child (
                    extra text NOT NULL DEFAULT ', NOT NULL x'::text,
                    own integer ,
                    CONSTRAINT c CHECK ((n IS NOT NULL) AND (n > ALL (ARRAY[1, 2]))) NO INHERIT)
                INHERITS (public.parent, public.other);
                ALTER TABLE ONLY public.child REPLICA IDENTITY FULL;
                ALTER TABLE ONLY "public"."child" ALTER COLUMN "extra" SET NOT NULL;
                ALTER TABLE ONLY "public"."child" ALTER COLUMN "id" SET NOT NULL;
                ALTER TABLE ONLY "public"."child" ALTER COLUMN "B, b" SET NOT NULL;

                """)
        #expect(constraints.lost(of: Self.table) == ["n", "own"])
        // Another object, and a table without any.
        let index = SchemaPiece(number: 2, sql: "CREATE INDEX …", kind: "index", name: "i", table: Self.table)
        #expect(constraints.older(index) == index)
        let other = SchemaPiece(
            number: 3, sql: Self.dump, kind: "table", name: "o", table: QualifiedName(schema: "o", name: "o"))
        #expect(constraints.older(other) == other)
    }

    @Test(arguments: [
        "CREATE TABLE public.t (\n);\n", "CREATE TABLE public.t (\n    a integer NOT NULL\n);\n",
        "CREATE TABLE public.\"(\" (\n    \"a,\" text DEFAULT 'it''s (, '::text,\n    b text DEFAULT E'\\'(,'::text\n);\n",
        "CREATE TABLE public.t OF public.ty (\n    a NOT NULL\n);\n", "-- nothing\n",
        "CREATE TABLE public.t (a int /* ( */, b int -- )\n);",
    ])
    func whatHasNoneStaysAsItIs(_ sql: String) {
        #expect(NotNullConstraints.withoutConstraints(sql) == sql)
    }
}

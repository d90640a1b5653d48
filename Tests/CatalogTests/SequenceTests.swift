import Catalog
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct SequenceTests {
    @Test func sequencesAreThoseThatColumnsUse() throws {
        let database = try SharedCluster.database()
        let session = try database.connect()
        try session.query(
            """
            CREATE SCHEMA app; CREATE SEQUENCE app.shared INCREMENT 5 START 100; CREATE SEQUENCE app.unused;
            CREATE SEQUENCE app."it's"; CREATE SEQUENCE app.second; CREATE SEQUENCE app.named CYCLE MAXVALUE 9;
            CREATE TABLE app.one (
                a int DEFAULT nextval('app.shared'), b smallserial,
                c text DEFAULT nextval('app.second') || '-' || nextval('app."it''s"'::text::regclass),
                d int GENERATED ALWAYS AS IDENTITY (MINVALUE -9 MAXVALUE -1 INCREMENT -2 CACHE 7));
            CREATE TABLE app.two (a int DEFAULT nextval('app.shared'));
            SET search_path = '';
            """)
        let names = ["one", "two"].map { QualifiedName(schema: "app", name: $0) }
        let named = [QualifiedName(schema: "app", name: "named"), QualifiedName(schema: "app", name: "one")]
        let sequences = try session.sequences(usedBy: names, orNamed: named)
        func use(_ table: String, _ column: String, _ kind: SequenceDefinition.Use.Kind) -> SequenceDefinition.Use {
            SequenceDefinition.Use(table: QualifiedName(schema: "app", name: table), column: column, kind: kind)
        }
        #expect(
            sequences.map(\.name.name) == ["it's", "named", "one_b_seq", "one_d_seq", "second", "shared"])
        #expect(sequences.map(\.type) == ["bigint", "bigint", "smallint", "integer", "bigint", "bigint"])
        #expect(
            sequences.map { Set($0.uses.keys) } == [
                [use("one", "c", .default)], [], [use("one", "b", .owned), use("one", "b", .default)],
                [use("one", "d", .identity)], [use("one", "c", .default)],
                [use("one", "a", .default), use("two", "a", .default)],
            ])
        // In the order in which the default calls them.
        #expect((sequences[4].uses.values.first ?? 0) < (sequences[0].uses.values.first ?? 0))
        #expect(sequences[1].cycles && sequences[1].maximum == 9)
        #expect(sequences[3].minimum == -9 && sequences[3].increment == -2 && sequences[3].cache == 7)
        #expect(sequences[5].increment == 5 && sequences[5].start == 100)
        #expect(try session.sequences(usedBy: []).isEmpty)
    }
}

import Backfill
import Libpq
import LocalCluster
import Postgres
import Subscriber
import Testing
import Waiting

/// The proof that the shadow has the source's schema, over hundreds of objects of all kinds.
@Suite(.blocking) struct SchemaProofTests {
    /// Nothing differs that is not meant to, of as much as was made.
    private static func expectSame(_ report: SchemaReport, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(report.unmeant == [], sourceLocation: sourceLocation)
        #expect(report.objects >= 300, sourceLocation: sourceLocation)
    }

    /// Other than by the engine, so that neither can be wrong alone.
    @Test func aSchemaThatWasDumpedAndRestoredIsTheSame() throws {
        let schema = try SchemaOfEveryKind(TestJob())
        try schema.restore()
        let report = try schema.prove(schema.tables())
        Self.expectSame(report)
        #expect(report.meant.allSatisfy { $0.hasPrefix("extension ") && $0.hasSuffix(": version") })
    }

    @Test func everyChangeIsFoundAndNothingElse() throws {
        let schema = try SchemaOfEveryKind(TestJob())
        try schema.restore()
        try schema.job.onShadow("CREATE UNIQUE INDEX app_c ON app.parent (c)")
        let version = min(schema.sourceVersion, schema.shadowVersion)
        let changes = SchemaChange.all.filter { $0.since <= version && (schema.hasExtensions || !$0.needsExtensions) }
        for change in changes { try schema.job.onShadow(change.statement) }
        let report = try schema.prove(schema.tables())
        let expected = Set(changes.flatMap(\.differences))
        #expect(Set(report.unmeant).subtracting(expected) == [])
        #expect(expected.subtracting(report.unmeant) == [])
        #expect(report.unmeant.count == expected.count)
        #expect(!report.passed)
    }

    @Test func theEngineBringsTheWholeSchema() throws {
        let job = try TestJob()
        let schema = try SchemaOfEveryKind(job)
        var found: SchemaReport?
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            // The stream makes the column BY DEFAULT when it begins.
            try waitUntil { () throws(PostgresError) in
                found = try schema.prove()
                return found?.meant.contains("table column app.everything.sure: identity") == true
            }
        }
        Self.expectSame(try #require(found))
    }

    private static let parts = """
        CREATE TABLE items (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int UNIQUE CHECK (n > 0));
        CREATE TABLE parts (id int PRIMARY KEY, item int REFERENCES items);
        CREATE TABLE elsewhere (id int PRIMARY KEY);
        ALTER TABLE parts ADD other int REFERENCES elsewhere;
        CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER keep AFTER UPDATE ON parts FOR EACH ROW EXECUTE PROCEDURE keep();
        CREATE PUBLICATION scry_publication FOR TABLE items, parts
        """

    /// A foreign key to a table that is not followed is not the job's.
    @Test func whatTheJobHasSetAsideIsMeant() throws {
        let job = try TestJob()
        try job.onSource(Self.parts)
        let proof = try SchemaProof(job.settings(), interrupt: Interrupt())
        var following: SchemaReport?
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            // The stream makes the column BY DEFAULT when it begins.
            try waitUntil { () throws(PostgresError) in
                following = try proof.run()
                return following?.meant.isEmpty == false
            }
        }
        // The stop makes it GENERATED ALWAYS again.
        #expect(following?.unmeant == [])
        #expect(following?.meant == ["table column public.items.id: identity"])
        #expect(try proof.run().differences.isEmpty)
        try job.onShadow(
            """
            ALTER TABLE items DROP CONSTRAINT items_n_key, DROP CONSTRAINT items_n_check;
            ALTER TABLE items ADD CONSTRAINT items_n_check CHECK (n > 0) NOT VALID;
            ALTER TABLE parts DISABLE TRIGGER keep
            """)
        let differing = [
            "table constraint items_n_check on public.items: validity",
            "table constraint items_n_key on public.items: missing", "trigger keep on public.parts: enabled",
        ]
        #expect(try proof.run().unmeant == differing)
        let store = JobStore(Shadow(try job.shadow.connect(database: "shop")), slot: job.slot)
        let notes: [(String, String, SetAside.Aspect)] = [
            ("index", "public.items_n_key", .missing), ("trigger", "keep on public.parts", .disabled),
            ("table constraint", "items_n_check on public.items", .notValid),
            // Nothing comes of this one.
            ("table constraint", "parts_pkey on public.parts", .missing),
        ]
        for (type, identity, aspect) in notes {
            try store.note(
                SetAside(
                    type: type, identity: identity, aspect: aspect, table: nil, reason: "set aside", putBack: []))
        }
        let report = try proof.run()
        #expect(report.unmeant == [])
        #expect(report.passed)
        #expect(report.meant == differing)
        #expect(report.differences.allSatisfy { $0.reason != nil })
    }

    /// As on a managed server.
    @Test func whatWouldActOnTheJobsWritesIsMeantToBeMissing() throws {
        let job = try TestJob()
        try job.onSource(Self.parts)
        try job.onShadow(
            """
            CREATE ROLE limited LOGIN; ALTER DATABASE shop OWNER TO limited; GRANT CREATE ON SCHEMA public TO limited
            """)
        var settings = job.settings()
        settings.shadow["user"] = "limited"
        try job.whileRunning(settings) { () throws(PostgresError) in try job.catchUp() }
        let report = try SchemaProof(settings, interrupt: Interrupt()).run()
        #expect(report.unmeant == [])
        #expect(report.meant.contains("table constraint parts_item_fkey on public.parts: missing"))
        #expect(report.meant.contains("trigger keep on public.parts: missing"))
    }

    @Test func withoutAJobThePublicationSaysWhatIsCompared() throws {
        let job = try TestJob()
        let proof = try SchemaProof(job.settings(), interrupt: Interrupt())
        let error = try #require(throws: PostgresError.self) { try proof.run() }
        #expect(error.message.contains("neither a job nor a publication") && error.hint != nil)
        try job.onSource(Self.parts)
        try job.onShadow("CREATE TABLE items (id int PRIMARY KEY, n bigint)")
        let found = try proof.run()
        #expect(found.unmeant.contains("table public.parts: missing"))
        #expect(found.unmeant.contains("table column public.items.n: type"))
        #expect(found.unmeant.contains("table column public.items.id: identity"))
        let one = try proof.run([QualifiedName(schema: "public", name: "elsewhere")])
        #expect(one.unmeant == ["table public.elsewhere: missing"])
        let absent = try #require(throws: PostgresError.self) {
            try proof.run([QualifiedName(schema: "public", name: "nowhere")])
        }
        #expect(absent.message.contains("public.nowhere"))
    }
}

import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct SequencesCheckTests {
    private func finding(_ context: Preflight.Context) throws -> Preflight.Finding {
        try #require(try Preflight.run(context)["sequences"])
    }

    @Test func thereIsRoom() throws {
        let fixture = try PreflightFixture("CREATE TABLE t (id serial PRIMARY KEY, n int DEFAULT 1)")
        #expect(try finding(fixture.context()).message == "room in 1 sequence")
        try fixture.source.query("SELECT setval('t_id_seq', 1000000000)")
        #expect(try finding(fixture.context()).status == .pass)
    }

    /// A sequence of bigint whose column is an integer ends with the column.
    @Test(arguments: [
        ("CREATE TABLE t (id serial PRIMARY KEY); SELECT setval('t_id_seq', 2000000000)", 93, "integer"),
        (
            "CREATE SEQUENCE s; CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('s')); SELECT setval('s', 1800000000)",
            83, "integer"
        ),
        (
            "CREATE TABLE t (id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY); SELECT setval('t_id_seq', 32767)",
            100, "smallint"
        ),
        (
            "CREATE SEQUENCE s INCREMENT -1; CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('s')); SELECT setval('s', -2000000000)",
            93, "integer"
        ),
    ])
    func theEndIsTold(schema: String, share: Int, type: String) throws {
        let fixture = try PreflightFixture(schema)
        let finding = try finding(fixture.context())
        #expect(finding.status == .warn && finding.message == "1 sequence near the end")
        #expect(finding.found?.hasSuffix("\(share) % (public.t.id, \(type))") == true, "\(finding.found ?? "")")
        #expect(finding.fixSQL == "ALTER TABLE \"public\".\"t\" ALTER COLUMN \"id\" TYPE bigint;")
        #expect(finding.fix?.place == .sourceByHand)
        try fixture.source.query(try #require(finding.fixSQL))
        #expect(try self.finding(fixture.context()).message.hasSuffix("1 sequence") || type == "smallint" || share > 0)
    }

    @Test func oneThatWrapsAroundHasNoEnd() throws {
        let fixture = try PreflightFixture(
            """
            CREATE SEQUENCE s MAXVALUE 10 CYCLE; CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('s'));
            SELECT setval('s', 10)
            """)
        #expect(try finding(fixture.context()).status == .pass)
        try fixture.source.query("ALTER SEQUENCE s NO CYCLE")
        #expect(try finding(fixture.context()).status == .warn)
    }

    @Test func theRoleMustReadThem() throws {
        let fixture = try PreflightFixture("CREATE TABLE t (id serial PRIMARY KEY)")
        let role = try fixture.role("GRANT SELECT ON t TO ROLE")
        let finding = try finding(fixture.context(source: role))
        #expect(finding.status == .warn && finding.found == "1 of 1 sequence cannot be read")
        try fixture.source.query(try #require(finding.fixSQL))
        #expect(try self.finding(fixture.context(source: role)).status == .pass)
    }
}

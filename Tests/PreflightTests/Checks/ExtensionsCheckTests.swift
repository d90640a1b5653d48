import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct ExtensionsCheckTests {
    /// Nil where a server comes without contrib.
    private static func fixture() throws -> PreflightFixture? {
        let fixture = try PreflightFixture("CREATE TABLE plain (id int PRIMARY KEY)")
        for connection in [fixture.source, fixture.shadow] {
            let available = try connection.query("SELECT FROM pg_available_extensions WHERE name = 'citext'")
            guard available.rowCount == 1 else { return nil }
        }
        return fixture
    }

    private func finding(_ fixture: PreflightFixture, creates: Bool = true) throws -> Preflight.Finding {
        var context = fixture.context()
        context.createsSchema = creates
        return try #require(try Preflight.run(context)["extensions"])
    }

    @Test func noneIsNeeded() throws {
        #expect(try finding(PreflightFixture()).message == "the tables need no extension")
    }

    @Test func anExtensionThatIsNotUsedIsNotNeeded() throws {
        guard let fixture = try Self.fixture() else { return }
        try fixture.source.query("CREATE EXTENSION citext")
        #expect(try finding(fixture).message == "the tables need no extension")
    }

    @Test(arguments: [
        "CREATE TABLE t (a citext)", "CREATE TABLE t (a citext[])",
        "CREATE DOMAIN mail AS citext; CREATE TABLE t (a mail)", "CREATE TABLE t (a text DEFAULT 'a'::citext::text)",
        "CREATE TABLE t (a text); CREATE INDEX ON t ((a::citext))",
        "CREATE TABLE t (a text CHECK (a::citext <> 'x'::citext))",
    ])
    func whatUsesItNeedsIt(schema: String) throws {
        guard let fixture = try Self.fixture() else { return }
        try fixture.source.query("CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; SET search_path = public, ext")
        try fixture.source.query(schema)
        #expect(try finding(fixture).message == "the job will create citext")
        let missing = try finding(fixture, creates: false)
        #expect(missing.status == .fail && missing.message == "the shadow lacks what the tables need: citext")
        #expect(missing.found == "citext not installed")
        try fixture.shadow.query(try #require(missing.fixSQL))
        // The shadow's newest may be another than the source's.
        #expect(try finding(fixture, creates: false).status != .fail)
    }

    @Test func anotherSchemaOrVersionIsTold() throws {
        guard let fixture = try Self.fixture() else { return }
        try fixture.source.query("CREATE EXTENSION citext; CREATE TABLE t (a citext)")
        try fixture.shadow.query("CREATE SCHEMA other; CREATE EXTENSION citext SCHEMA other VERSION '1.4'")
        let elsewhere = try finding(fixture)
        #expect(elsewhere.status == .fail && elsewhere.message.hasSuffix("citext in schema public"))
        try fixture.shadow.query(try #require(elsewhere.fixSQL))
        let older = try finding(fixture)
        #expect(older.status == .warn && older.found == "citext 1.4")
        guard let fix = older.fixSQL else { return }
        try fixture.shadow.query(fix)
        #expect(try finding(fixture).status == .pass)
    }

    @Test func whatTheShadowCantInstallFails() throws {
        guard let fixture = try Self.fixture() else { return }
        try fixture.source.query("CREATE EXTENSION citext; CREATE TABLE t (a citext)")
        try fixture.source.query("UPDATE pg_extension SET extname = 'no_such_extension' WHERE extname = 'citext'")
        let finding = try finding(fixture)
        #expect(finding.status == .fail && finding.found == "no_such_extension not available")
    }

    @Test func theRoleMustBeAllowedToCreateIt() throws {
        guard let fixture = try Self.fixture() else { return }
        try fixture.source.query("CREATE EXTENSION citext; CREATE TABLE t (a citext)")
        let role = try fixture.role(on: fixture.shadowDatabase)
        let finding = try #require(try Preflight.run(fixture.context(shadow: role))["extensions"])
        #expect(finding.status == .fail)
        // Trusted from 13 on.
        try fixture.shadow.query(
            "GRANT CREATE ON DATABASE \(fixture.shadowDatabase.name) TO \(fixture.shadowDatabase.name)_role")
        let mended = try #require(try Preflight.run(fixture.context(shadow: role))["extensions"])
        #expect(mended.status == (fixture.shadow.serverVersion.major >= 13 ? .pass : .fail))
    }
}

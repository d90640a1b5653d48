import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct CompatibilityCheckTests {
    private func finding(_ fixture: PreflightFixture) throws -> Preflight.Finding {
        try #require(try Preflight.run(fixture.context())["compatibility"])
    }

    @Test func ordinaryTypesPass() throws {
        let fixture = try PreflightFixture("CREATE TABLE t (id int PRIMARY KEY, a text[], c jsonb, d date, e uuid)")
        #expect(try finding(fixture).status == .pass)
    }

    @Test(arguments: ["regclass", "oid", "xid[]", "local"])
    func valuesOfTheClusterAreTold(type: String) throws {
        let fixture = try PreflightFixture(
            "CREATE DOMAIN local AS pg_lsn; CREATE TABLE t (id int PRIMARY KEY, a \(type))")
        let finding = try finding(fixture)
        #expect(finding.status == .warn && finding.found?.hasSuffix("in public.t") == true, "\(finding.found ?? "")")
    }

    /// Where the suite runs on a shadow that is older than the source.
    @Test(arguments: [
        (14, "type int4multirange in public.t", "CREATE TABLE t (id int PRIMARY KEY, a int4multirange)"),
        (
            18, "virtual generated columns in public.t",
            "CREATE TABLE t (id int PRIMARY KEY, a int GENERATED ALWAYS AS (id) VIRTUAL)"
        ),
        (
            12, "stored generated columns in public.t",
            "CREATE TABLE t (id int PRIMARY KEY, a int GENERATED ALWAYS AS (id) STORED)"
        ),
        (15, "NULLS NOT DISTINCT in public.t", "CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE NULLS NOT DISTINCT)"),
    ])
    func whatTheShadowLacksFails(since: Int, found: String, schema: String) throws {
        let fixture = try PreflightFixture()
        guard fixture.source.serverVersion.major >= since else { return }
        try fixture.source.query(schema)
        let finding = try finding(fixture)
        if fixture.shadow.serverVersion.major >= since {
            #expect(finding.status == .pass, "\(finding.message)")
        } else {
            #expect(finding.status == .fail && finding.found == found, "\(finding.found ?? "")")
        }
    }
}

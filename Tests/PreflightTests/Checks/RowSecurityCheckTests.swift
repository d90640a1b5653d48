import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct RowSecurityCheckTests {
    @Test func rowsThatAreHiddenFail() throws {
        let fixture = try PreflightFixture(
            "CREATE TABLE users (id int PRIMARY KEY); ALTER TABLE users ENABLE ROW LEVEL SECURITY")
        let role = try fixture.role("GRANT SELECT ON users TO ROLE")
        let finding = try #require(try Preflight.run(fixture.context(source: role))["row_security"])
        #expect(finding.status == .fail)
        #expect(finding.message.hasPrefix("row-level security hides rows of public.users"))
        #expect(finding.hint?.contains("make the user a member of the owners: postgres") == true)
        try fixture.source.query(try #require(finding.fixSQL))
        #expect(try Preflight.run(fixture.context(source: role))["row_security"]?.status == .pass)
    }

    @Test func anOwnerSeesAllUnlessForced() throws {
        let fixture = try PreflightFixture()
        let role = try fixture.role("ALTER TABLE users OWNER TO ROLE; ALTER TABLE users ENABLE ROW LEVEL SECURITY")
        #expect(try Preflight.run(fixture.context(source: role))["row_security"]?.status == .pass)
        try fixture.source.query("ALTER TABLE users FORCE ROW LEVEL SECURITY")
        let finding = try #require(try Preflight.run(fixture.context(source: role))["row_security"])
        #expect(finding.status == .fail && finding.hint?.contains("member") == false)
        try fixture.source.query("ALTER TABLE users OWNER TO postgres")
    }

    @Test func whatIsForcedConcernsTheShadowToo() throws {
        let fixture = try PreflightFixture(
            """
            CREATE TABLE users (id int PRIMARY KEY); ALTER TABLE users ENABLE ROW LEVEL SECURITY;
            ALTER TABLE users FORCE ROW LEVEL SECURITY
            """)
        #expect(try Preflight.run(fixture.context())["row_security"]?.status == .pass)
        let role = try fixture.role(on: fixture.shadowDatabase)
        let finding = try #require(try Preflight.run(fixture.context(shadow: role))["row_security"])
        #expect(finding.status == .warn && finding.message.contains("is set aside in the shadow"))
        try fixture.shadow.query(try #require(finding.fixSQL))
        #expect(try Preflight.run(fixture.context(shadow: role))["row_security"]?.status == .pass)
    }
}

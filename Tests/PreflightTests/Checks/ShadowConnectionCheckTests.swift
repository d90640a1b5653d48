import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct ShadowConnectionCheckTests {
    @Test func sourceAndShadowMustDiffer() throws {
        let fixture = try PreflightFixture()
        let same = try Preflight.run(fixture.context(shadow: fixture.sourceDatabase.connect()))
        #expect(same["shadow_connection"]?.status == .fail)
        #expect(same["shadow_connection"]?.message == "source and shadow are the same database")
        let neighbour = try SharedCluster.database(.source)
        let sameServer = try Preflight.run(fixture.context(shadow: neighbour.connect()))
        #expect(sameServer["shadow_connection"]?.status == .warn)
        #expect(sameServer.passed)
    }

    @Test func aSourceThatHidesItsIdentityIsTold() throws {
        let fixture = try PreflightFixture()
        // A check reports one fault at a time, and an older shadow first.
        if fixture.shadow.serverVersion.major < fixture.source.serverVersion.major { return }
        try fixture.source.query("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM public")
        let role = try fixture.role()
        let finding = try #require(try Preflight.run(fixture.context(source: role))["shadow_connection"])
        #expect(finding.status == .warn)
        try fixture.source.query(try #require(finding.fixSQL))
        #expect(try Preflight.run(fixture.context(source: role))["shadow_connection"]?.status == .pass)
    }

    @Test func theShadowMustBeWritable() throws {
        let fixture = try PreflightFixture()
        try fixture.shadow.query("SET default_transaction_read_only = on")
        let finding = try #require(try Preflight.run(fixture.context())["shadow_connection"])
        #expect(finding.status == .fail && finding.message == "transactions on the shadow are read-only")
    }

    @Test func anUnreachableShadowIsToldWithTheReason() throws {
        let fixture = try PreflightFixture()
        var context = fixture.context()
        do throws(PostgresError) {
            _ = try fixture.shadowDatabase.cluster.connect(database: "no_such")
            Issue.record("connected")
        } catch {
            context.shadow = .failed(error)
        }
        let report = try Preflight.run(context)
        #expect(!report.passed && !report.couldConnect)
        #expect(report["shadow_connection"]?.found?.contains("no_such") == true)
        #expect(report["shadow_connection"]?.hint != nil)
        #expect(report["shadow_privilege"]?.status == .skip)
        #expect(report["wal_level"]?.status == .pass)
    }
}

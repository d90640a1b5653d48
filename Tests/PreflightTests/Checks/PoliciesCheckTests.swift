import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct PoliciesCheckTests {
    @Test func rolesThatTheShadowsServerLacksAreNamed() throws {
        let fixture = try PreflightFixture("CREATE TABLE t (id int PRIMARY KEY)")
        let finding = {
            () throws -> Preflight.Finding in try #require(try Preflight.run(fixture.context())["policies"])
        }
        #expect(try finding().message == "no policy of the tables names a role")
        let role = "\(fixture.sourceDatabase.name) Auditors"
        try fixture.source.query("CREATE ROLE \(quoteIdentifier(role))")
        try fixture.source.query("CREATE POLICY odd ON t TO \(quoteIdentifier(role)) USING (id % 2 = 1)")
        // A policy that is for all names nobody.
        try fixture.source.query("CREATE POLICY all_of_them ON t USING (true)")
        let fault = try finding()
        #expect(fault.status == .warn)
        #expect(
            fault.message
                == "policies name roles that the shadow's server lacks: \"\(role)\" (odd on public.t)")
        #expect(fault.fix?.place == .shadow)
        for statement in try #require(fault.fix?.statements) { try fixture.shadow.query(statement) }
        #expect(try finding().status == .pass)
        try fixture.shadow.query("DROP ROLE \(quoteIdentifier(role))")
    }
}

import Job
import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct ShadowRoomCheckTests {
    private func finding(_ context: Preflight.Context) throws -> Preflight.Finding {
        try #require(try Preflight.run(context)["shadow_room"])
    }

    @Test func theTablesMustFit() throws {
        let fixture = try PreflightFixture("CREATE TABLE users (id int PRIMARY KEY)")
        #expect(try finding(fixture.context()).status == .pass)
        // As if a VACUUM had counted them: 16 TB.
        try fixture.source.query("UPDATE pg_class SET relpages = 2147483647 WHERE relname = 'users'")
        let fault = try finding(fixture.context())
        #expect(fault.status == .fail && fault.message.hasPrefix("the tables take about 16 TB"), "\(fault.message)")
        #expect(fault.needed == "16 TB or more")
        var following = fixture.context()
        following.mode = .cdc
        #expect(try finding(following).status == .skip)
    }

    @Test func itShouldNotBeTight() throws {
        let fixture = try PreflightFixture("CREATE TABLE users (id int PRIMARY KEY)")
        let free = try #require(try finding(fixture.context()).found)
        let number = try #require(Int(free.split(separator: " ")[0]))
        let unit = free.split(separator: " ")[1]
        let pages = number * (unit == "TB" ? 1 << 40 : unit == "GB" ? 1 << 30 : 1 << 20) / 8192 / 10 * 8
        guard pages < 2_147_483_647 else { return }
        try fixture.source.query("UPDATE pg_class SET relpages = \(pages) WHERE relname = 'users'")
        #expect(try finding(fixture.context()).status == .warn)
    }

    @Test func whatIsNotSeenIsSaid() throws {
        let fixture = try PreflightFixture()
        let role = try fixture.role(on: fixture.shadowDatabase)
        let finding = try finding(fixture.context(shadow: role))
        #expect(finding.status == .skip && finding.message.hasSuffix("is not seen from here"))
        #expect(finding.hint != nil)
    }
}

import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Preflight

@Suite(.blocking) struct ServerMinorCheckTests {
    @Test(arguments: [
        (180_000, 0), (170_005, 1), (170_006, 0), (170_004, 1), (170_001, 2), (160_008, 1), (160_001, 4), (150_020, 0),
        (150_014, 1), (150_013, 2), (150_012, 2), (150_005, 5), (140_018, 1), (140_017, 1), (140_012, 3), (130_004, 3),
        (120_022, 1), (110_013, 3),
    ])
    func faultsOfAVersion(version: Int, faults: Int) {
        let known = ReleaseFault.known.filter { $0.isIn(ServerVersion(version)) }
        #expect(known.count == faults, "\(ServerVersion(version)): \(known.map(\.text))")
    }

    /// As this test's own source has it.
    @Test func theFindingNamesTheReleaseToUpdateTo() throws {
        let fixture = try PreflightFixture()
        let version = fixture.source.serverVersion
        let finding = try #require(try Preflight.run(fixture.context())["server_minor"])
        let faults = ReleaseFault.known.filter { $0.isIn(version) }
        let isEnded = ReleaseFault.endOfLife[version.major] != nil
        #expect(finding.status == (faults.isEmpty && !isEnded ? .pass : .warn))
        for fault in faults { #expect(finding.found?.contains(fault.text) == true) }
        if let newest = faults.compactMap({ $0.fixed[version.major] }).max() {
            #expect(finding.needed == "\(version.major).\(newest) or later")
        }
        #expect(finding.hint?.contains("has had no fixes since") == (finding.status == .warn ? isEnded : nil))
    }
}

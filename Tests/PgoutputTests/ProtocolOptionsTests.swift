import Pgoutput
import Postgres
import Testing

@Suite struct ProtocolOptionsTests {
    private typealias Case = (Int, ProtocolOptions.Streaming, twoPhase: Bool, ProtocolOptions)

    @Test func theLowestVersionThatHasWhatIsWanted() {
        let cases: [Case] = [
            (100023, .off, false, .init(version: .v1)),
            (100023, .parallel, true, .init(version: .v1)),
            (130000, .on, true, .init(version: .v1)),
            (140010, .on, true, .init(version: .v2, streaming: .on)),
            (140010, .off, true, .init(version: .v1)),
            (140010, .parallel, false, .init(version: .v2, streaming: .on)),
            (150004, .on, false, .init(version: .v2, streaming: .on)),
            (150004, .off, true, .init(version: .v3)),
            (150004, .parallel, true, .init(version: .v3, streaming: .on)),
            (160000, .on, true, .init(version: .v3, streaming: .on)),
            (160000, .parallel, false, .init(version: .v4, streaming: .parallel)),
            (180001, .parallel, true, .init(version: .v4, streaming: .parallel)),
        ]
        for (server, streaming, twoPhase, options) in cases {
            #expect(
                ProtocolOptions(server: ServerVersion(server), streaming: streaming, twoPhase: twoPhase) == options,
                "\(server) \(streaming) \(twoPhase)")
        }
    }

    @Test(arguments: 10...18)
    func nothingWantedIsVersion1(_ major: Int) {
        #expect(ProtocolOptions(server: ServerVersion(major * 10_000)) == ProtocolOptions(version: .v1))
    }
}

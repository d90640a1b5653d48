import Postgres
import Testing

@Suite struct LSNTests {
    @Test(arguments: [
        ("0/0", 0), ("0/1", 1), ("0/FFFFFFFF", 0xFFFF_FFFF), ("1/0", 0x1_0000_0000), ("16/B374D848", 0x16_B374_D848),
        ("FFFFFFFF/FFFFFFFF", UInt64.max),
    ])
    func readsAndWrites(_ text: String, _ bytes: UInt64) throws {
        let lsn = try #require(LSN(text))
        #expect(lsn.bytes == bytes)
        #expect(lsn.description == text)
    }

    @Test func readsLowerCase() {
        #expect(LSN("16/b374d848")?.description == "16/B374D848")
    }

    @Test(arguments: ["", "0", "/", "0/", "/0", "0/0/0", "G/0", "0/100000000", "-1/0", " 0/0", "0/0 ", "+1/0 "])
    func refuses(_ text: String) {
        #expect(LSN(text) == nil)
    }

    @Test func measuresDistanceForwardOnly() {
        #expect(LSN(30).distance(from: LSN(10)) == 20)
        #expect(LSN(10).distance(from: LSN(30)) == 0)
        #expect(LSN(10) < LSN(30))
        #expect(LSN.invalid == LSN(0))
    }
}

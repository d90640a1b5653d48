import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct ByteTextTests {
    @Test func isTheServersText() throws {
        let connection = try SharedCluster.cluster().connect()
        for bytes in [0, 1, 10_239, 10_240, 20_000, 10_485_247, 10_485_760, 16_777_216, 53_687_091_200, 1 << 50] {
            let result = try connection.query("SELECT pg_size_pretty($1::bigint)", [String(bytes)])
            #expect(byteText(bytes) == result[0, 0])
        }
    }
}

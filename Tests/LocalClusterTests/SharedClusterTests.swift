import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct SharedClusterTests {
    @Test func givesEachTestItsOwnDatabase() throws {
        let first = try SharedCluster.database(.source)
        let second = try SharedCluster.database(.source)
        #expect(first.cluster === second.cluster)
        try first.run("CREATE TABLE only_here ()")
        #expect(throws: PostgresError.self) { try second.run("TABLE only_here") }
        #expect(try second.connect().database == second.name)
    }

    @Test func dropsTheDatabaseWithItsLastReference() throws {
        let cluster = try SharedCluster.cluster(.shadow)
        var database: TestDatabase? = try SharedCluster.database(.shadow)
        let name = try #require(database?.name)
        database = nil
        let result = try cluster.connect().query("SELECT FROM pg_database WHERE datname = $1", [name])
        #expect(result.rowCount == 0)
    }
}

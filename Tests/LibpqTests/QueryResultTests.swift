import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Libpq

@Suite(.blocking) struct QueryResultTests {
    private func copy(_ result: QueryResult, _ row: Int, _ column: Int) -> [UInt8]? {
        unsafe result.withBytes(row, column) { bytes in unsafe bytes.map { unsafe Array($0) } }
    }

    @Test func aResultTellsItsShape() throws {
        let connection = try SharedCluster.cluster().connect()
        let result = try connection.query(
            "SELECT 1::int4 AS a, 'x'::varchar(5) AS \"B b\", NULL::numeric(10,2) AS a FROM generate_series(1, 2)")
        #expect(result.status == .tuples && result.rowCount == 2 && result.columnCount == 3)
        #expect(result.commandTag == "SELECT 2" && result.affectedRows == 2)
        #expect((0..<3).map(result.columnName) == ["a", "B b", "a"])
        #expect((0..<3).map(result.columnType) == [OID(23), OID(1043), OID(1700)])
        #expect(result.columnTypeModifier(1) == 9)
        // The first of two; names are not folded.
        #expect(result.columnIndex("a") == 0 && result.columnIndex("b b") == nil && result.columnIndex("B b") == 1)
        #expect(result.isNull(0, 2) && !result.isNull(1, 1) && result[1, 1] == "x")
    }

    @Test func outsideOfTheResultIsNothing() throws {
        let result = try SharedCluster.cluster().connect().query("SELECT 1")
        #expect(result.columnName(1) == "" && result.columnName(-1) == "")
        #expect(result[5, 0] == nil && result[0, 5] == nil && result.isNull(5, 5))
        #expect(copy(result, 5, 5) == nil)
    }

    @Test func bytesAreLentAsTheyAre() throws {
        let connection = try SharedCluster.cluster().connect()
        try connection.query("SET client_encoding = latin1")
        let result = try connection.query("SELECT U&'a\\00E4b', NULL")
        #expect(copy(result, 0, 0) == [0x61, 0xE4, 0x62])
        #expect(copy(result, 0, 1) == nil)
        #expect(result[0, 0] == "a\u{FFFD}b")
        let (lent, none) = (result.bytes(0, 0)?.count, result.bytes(0, 1)?.count)
        #expect(lent == 3 && none == nil)
    }

    @Test func commandsCountTheirRows() throws {
        let connection = try SharedCluster.database().connect()
        #expect(try connection.query("CREATE TABLE t (n int)").affectedRows == nil)
        #expect(try connection.query("INSERT INTO t SELECT generate_series(1, 7)").affectedRows == 7)
        #expect(try connection.query("UPDATE t SET n = 0 WHERE n > 5").affectedRows == 2)
        #expect(try connection.query("DELETE FROM t WHERE false").affectedRows == 0)
        #expect(try connection.query("VACUUM t").affectedRows == nil)
    }
}

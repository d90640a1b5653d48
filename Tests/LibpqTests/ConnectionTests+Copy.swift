import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Libpq

/// COPY where both sides keep up, and where one of them fails.
@Suite(.blocking) struct ConnectionCopyTests {
    /// Reads a COPY TO STDOUT to its end: the bytes of all its rows.
    private func read(_ connection: Connection) throws(PostgresError) -> [UInt8] {
        var all: [UInt8] = []
        while try unsafe connection.receiveCopyData({ bytes in unsafe all.append(contentsOf: bytes) }) {}
        return all
    }

    @Test(arguments: ["text", "binary"])
    func manyMegabytesGoThroughUnchanged(_ format: String) throws {
        let database = try SharedCluster.database()
        let (from, to) = (try database.connect(), try database.connect())
        try from.query("CREATE TABLE a (n int, t text); CREATE TABLE b (n int, t text)")
        try from.query("INSERT INTO a SELECT n, repeat(md5(n::text), 32) FROM generate_series(1, 30000) n")
        let out = try from.beginCopy("COPY a TO STDOUT (FORMAT \(format))")
        #expect(out.status == .copyOut && out.isBinaryCopy == (format == "binary") && out.columnCount == 2)
        let into = try to.beginCopy("COPY b FROM STDIN (FORMAT \(format))")
        #expect(into.status == .copyIn && into.isBinaryCopy == (format == "binary"))
        var bytes = 0
        while try unsafe from.receiveCopyData({ row throws(PostgresError) in
            bytes += row.count
            try unsafe to.sendCopyData(row)
        }) {}
        #expect(bytes > 30_000_000)
        #expect(try from.endCopy() == 30_000)
        #expect(try to.endCopyIn() == 30_000)
        #expect(try from.value("SELECT count(*) FROM (TABLE a EXCEPT ALL TABLE b) x") == "0")
    }

    @Test func piecesNeedNotEndAtRows() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query("CREATE TABLE t (n int, x text)")
        _ = try connection.beginCopy("COPY t FROM STDIN")
        try connection.sendCopyData([])
        for byte in Array("1\tone\n2\t\\N\n3\tz€\n".utf8) { try connection.sendCopyData([byte]) }
        #expect(try connection.endCopyIn() == 3)
        _ = try connection.beginCopy("COPY t TO STDOUT")
        #expect(try String(decoding: read(connection), as: UTF8.self) == "1\tone\n2\t\\N\n3\tz€\n")
        #expect(try connection.endCopy() == 3)
    }

    @Test func onePieceMayBeLargerThanAllBuffers() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query("CREATE TABLE t (x text)")
        _ = try connection.beginCopy("COPY t FROM STDIN")
        try connection.sendCopyData(Array(repeating: UInt8(ascii: "x"), count: 64 << 20))
        #expect(try connection.endCopyIn() == 1)
        _ = try connection.beginCopy("COPY t TO STDOUT")
        #expect(try read(connection).count == (64 << 20) + 1)
        try connection.endCopy()
    }

    @Test func anEmptyCopyIsACopy() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query("CREATE TABLE t ()")
        _ = try connection.beginCopy("COPY t TO STDOUT")
        #expect(try read(connection).isEmpty)
        #expect(try connection.endCopy() == 0)
        _ = try connection.beginCopy("COPY t FROM STDIN")
        #expect(try connection.endCopyIn() == 0)
    }

    // MARK: Failures

    @Test func aCopyThatDoesNotBeginSaysWhy() throws {
        let connection = try SharedCluster.database().connect()
        let missing = try #require(throws: PostgresError.self) {
            _ = try connection.beginCopy("COPY nowhere TO STDOUT")
        }
        #expect(missing.sqlState == .undefinedTable)
        for sql in ["SELECT 1", "", "SELECT 1; COPY (SELECT 1) TO STDOUT; SELECT 2"] {
            let none = try #require(throws: PostgresError.self) { _ = try connection.beginCopy(sql) }
            #expect(none.sqlState == .protocolViolation)
        }
        #expect(try connection.value("SELECT 1") == "1")
    }

    @Test func aBadRowIsNamedWithItsLine() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query("CREATE TABLE t (n int)")
        _ = try connection.beginCopy("COPY t FROM STDIN")
        // The server fails at once; what is still sent must neither wait nor disturb.
        try connection.sendCopyData(Array("1\nx\n".utf8))
        for _ in 0..<64 { try connection.sendCopyData(Array(repeating: UInt8(ascii: "\n"), count: 1 << 18)) }
        let error = try #require(throws: PostgresError.self) { try connection.endCopyIn() }
        #expect(error.sqlState.code == "22P02" && error.context == "COPY t, line 2, column n: \"x\"")
        #expect(try connection.value("SELECT count(*) FROM t") == "0")
    }

    @Test func whoSendsMayGiveUp() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query("CREATE TABLE t (n int)")
        _ = try connection.beginCopy("COPY t FROM STDIN")
        try connection.sendCopyData(Array("1\n".utf8))
        let error = try #require(throws: PostgresError.self) {
            try connection.endCopyIn(failing: "the source has gone")
        }
        #expect(error.sqlState == .queryCanceled && error.message.hasSuffix("the source has gone"))
        #expect(try connection.value("SELECT count(*) FROM t") == "0")
    }

    @Test func aQueryThatFailsInTheMiddleEndsTheCopy() throws {
        let connection = try SharedCluster.cluster().connect()
        _ = try connection.beginCopy("COPY (SELECT 1 / (100000 - n) FROM generate_series(1, 200000) n) TO STDOUT")
        _ = try read(connection)
        let error = try #require(throws: PostgresError.self) { try connection.endCopy() }
        #expect(error.sqlState.code == "22012")
        #expect(try connection.value("SELECT 1") == "1")
    }

    @Test func whatIsNotReadIsPassedOver() throws {
        let connection = try SharedCluster.cluster().connect()
        _ = try connection.beginCopy("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 20000)) TO STDOUT")
        _ = try unsafe connection.receiveCopyData { _ in }
        #expect(try connection.endCopy() == 20_000)
        let error = PostgresError("enough")
        _ = try connection.beginCopy("COPY (SELECT generate_series(1, 20000)) TO STDOUT")
        let thrown = try #require(throws: PostgresError.self) {
            _ = try unsafe connection.receiveCopyData { _ throws(PostgresError) in throw error }
        }
        #expect(thrown == error)
        #expect(try connection.endCopy() == 20_000)
        #expect(try connection.value("SELECT 1") == "1")
    }

    @Test func aCopyInThatIsNotEndedIsEnded() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query("CREATE TABLE t (n int)")
        _ = try connection.beginCopy("COPY t FROM STDIN")
        try connection.sendCopyData(Array("1\n".utf8))
        #expect(try connection.endCopy() == 1)
    }

    @Test func aTerminatedSessionsCopyInTellsTheReason() throws {
        let database = try SharedCluster.database()
        let connection = try database.connect()
        try connection.query("CREATE TABLE t (n text)")
        _ = try connection.beginCopy("COPY t FROM STDIN")
        try connection.sendCopyData(Array("1\n".utf8))
        try database.connect().query("SELECT pg_terminate_backend($1)", [String(connection.serverProcessID)])
        let error = try #require(throws: PostgresError.self) {
            // Endless, so that it can only end by the server's end.
            while true { try connection.sendCopyData(Array(repeating: UInt8(ascii: "\n"), count: 1 << 16)) }
        }
        #expect(error.sqlState == .adminShutdown, "\(error)")
        #expect(error.isSafeToRetry && !connection.isAlive)
        #expect(throws: PostgresError.self) { try connection.endCopyIn() }
        #expect(throws: PostgresError.self) { try connection.query("SELECT 1") }
        #expect(try database.connect().value("SELECT count(*) FROM t") == "0")
    }

    @Test func aTerminatedSessionsCopyInTellsTheReasonAtItsEnd() throws {
        let database = try SharedCluster.database()
        let connection = try database.connect()
        try connection.query("CREATE TABLE t (n int)")
        _ = try connection.beginCopy("COPY t FROM STDIN")
        try database.connect().query("SELECT pg_terminate_backend($1)", [String(connection.serverProcessID)])
        try waitUntil(
            "NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1)", [String(connection.serverProcessID)],
            on: database.cluster)
        let error = try #require(throws: PostgresError.self) { try connection.endCopyIn() }
        #expect(error.sqlState == .adminShutdown, "\(error)")
    }

    @Test func aTerminatedSessionsCopyOutEnds() throws {
        let cluster = try SharedCluster.cluster()
        let connection = try cluster.connect()
        _ = try connection.beginCopy("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 1000000)) TO STDOUT")
        // The server's buffers are full: it dies without a word, in the middle of a row.
        try waitUntil(connection.serverProcessID, waitsFor: "ClientWrite", on: cluster)
        try cluster.connect().query("SELECT pg_terminate_backend($1)", [String(connection.serverProcessID)])
        let error = try #require(throws: PostgresError.self) {
            _ = try read(connection)
            try connection.endCopy()
        }
        #expect(error.origin == .connection || error.sqlState == .adminShutdown, "\(error)")
        #expect(error.isSafeToRetry && !connection.isAlive)
        #expect(throws: PostgresError.self) { try connection.endCopy() }
    }

    @Test func aCrashEndsACopyInEitherDirection() throws {
        let cluster = try LocalCluster(.shadow)
        try cluster.start()
        try cluster.run("CREATE TABLE t (n text)")
        let (out, into) = (try cluster.connect(), try cluster.connect())
        _ = try out.beginCopy("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 1000000)) TO STDOUT")
        _ = try into.beginCopy("COPY t FROM STDIN")
        try waitUntil(out.serverProcessID, waitsFor: "ClientWrite", on: cluster)
        try cluster.kill()
        let reading = try #require(throws: PostgresError.self) {
            _ = try read(out)
            try out.endCopy()
        }
        #expect(reading.origin == .connection || reading.sqlState == .adminShutdown, "\(reading)")
        #expect(reading.isSafeToRetry && !out.isAlive)
        let writing = try #require(throws: PostgresError.self) {
            while true { try into.sendCopyData(Array(repeating: UInt8(ascii: "\n"), count: 1 << 16)) }
        }
        // A session may outlive the postmaster for long enough to say so.
        #expect(writing.origin == .connection || writing.sqlState == .adminShutdown, "\(writing)")
        #expect(writing.isSafeToRetry && !into.isAlive)
        #expect(throws: PostgresError.self) { try into.endCopyIn() }
    }
}

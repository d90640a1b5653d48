import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Libpq

/// A session that an interrupt has cut off is used again.
@Suite(.blocking) struct ConnectionLeftoverTests {
    private let interrupt: Interrupt
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        interrupt = try Interrupt()
        database = try SharedCluster.database()
        connection = try Connection(database.connectionString, interrupt: interrupt)
    }

    /// Runs `body` while the interrupt is fired; it must end by that.
    private func interrupted(
        _ body: () throws(PostgresError) -> Void, _ location: SourceLocation = #_sourceLocation
    ) {
        interrupt.fire()
        defer { interrupt.clear() }
        do throws(PostgresError) {
            try body()
            Issue.record("it was not interrupted", sourceLocation: location)
        } catch {
            #expect(error.origin == .interrupted, sourceLocation: location)
        }
    }

    /// The session answers, and is still the same.
    private func expectUsable(_ connection: Connection) throws {
        #expect(try connection.value("SELECT pg_backend_pid()") == String(connection.serverProcessID))
        #expect(try connection.value("SELECT $1::text", ["x"]) == "x")
        #expect(connection.transactionStatus == .idle && connection.isAlive)
    }

    @Test func aQueryIsCancelled() throws {
        for _ in 1...3 {
            interrupted { () throws(PostgresError) in try connection.query("SELECT pg_sleep(1000)") }
            try expectUsable(connection)
        }
        interrupted { () throws(PostgresError) in try connection.query("SELECT pg_sleep($1)", ["1000"]) }
        #expect(try connection.describe("SELECT 1 AS n").rowCount == 0)
        interrupted { () throws(PostgresError) in _ = try connection.describe("SELECT 1") }
        try expectUsable(connection)
    }

    @Test func itStaysCutOffWhileTheInterruptIsFired() throws {
        interrupted { () throws(PostgresError) in try connection.query("SELECT pg_sleep(1000)") }
        interrupted { () throws(PostgresError) in try connection.query("SELECT 1") }
        interrupted { () throws(PostgresError) in try connection.enterPipeline() }
        // Nobody waits for the session, so nothing was cancelled for it.
        try waitUntil(connection.serverProcessID, waitsFor: "PgSleep", on: database.cluster)
        try expectUsable(connection)
    }

    @Test func whatHasEndedMeanwhileIsNotCancelled() throws {
        try connection.query("CREATE TABLE t (n int)")
        interrupted { () throws(PostgresError) in try connection.query("INSERT INTO t VALUES (1)") }
        let other = try database.connect()
        try waitUntil { try other.value("SELECT count(*) FROM t") == "1" }
        #expect(try connection.value("SELECT count(*) FROM t") == "1")
    }

    @Test func itsOwnerMayReadOn() throws {
        let lock = try database.connect()
        try lock.query("SELECT pg_advisory_lock(1)")
        try connection.send("SELECT pg_advisory_lock(1); SELECT 7")
        interrupted { () throws(PostgresError) in _ = try connection.nextResult() }
        try lock.query("SELECT pg_advisory_unlock(1)")
        #expect(try connection.nextResult()?.rowCount == 1)
        #expect(try connection.nextResult()?[0, 0] == "7")
        #expect(try connection.nextResult() == nil)
        try expectUsable(connection)
    }

    @Test func aTransactionOfTheOwnersIsTheOwnersToEnd() throws {
        try connection.query("CREATE TABLE t (n int)")
        try connection.query("BEGIN")
        try connection.query("INSERT INTO t VALUES (1)")
        interrupted { () throws(PostgresError) in try connection.query("SELECT pg_sleep(1000)") }
        #expect(connection.failure(of: "SELECT 1")?.sqlState == SQLState("25P02"))
        #expect(connection.transactionStatus == .inFailedTransaction)
        try connection.query("ROLLBACK")
        #expect(try connection.value("SELECT count(*) FROM t") == "0")
        try expectUsable(connection)
    }

    @Test func aTransactionOfItsOwnIsRolledBack() throws {
        try connection.query("CREATE TABLE t (n int)")
        for statement in ["SELECT pg_sleep(1000)", "INSERT INTO t SELECT 1 FROM pg_sleep(1000)"] {
            interrupted { () throws(PostgresError) in
                try connection.transaction { () throws(PostgresError) in
                    // Only the wait for the statement is to be cut off.
                    interrupt.clear()
                    try connection.query("INSERT INTO t VALUES (1)")
                    interrupt.fire()
                    try connection.query(statement)
                }
            }
            #expect(try connection.value("SELECT count(*) FROM t") == "0")
            try expectUsable(connection)
        }
        // Cut off as it begins: whether the server has begun it or not.
        interrupted { () throws(PostgresError) in try connection.transaction { () throws(PostgresError) in } }
        try expectUsable(connection)
    }

    @Test func aTransactionLeftInTheMiddleOfACopyIsRolledBack() throws {
        try connection.query("CREATE TABLE t (n int)")
        for reason in [Interrupt.error, PostgresError("the rows have ended early")] {
            let thrown = #expect(throws: PostgresError.self) {
                try connection.transaction { () throws(PostgresError) in
                    _ = try connection.beginCopy("COPY t FROM STDIN")
                    try connection.sendCopyData(Array("1\n".utf8))
                    throw reason
                }
            }
            #expect(thrown?.message == reason.message)
            #expect(try connection.value("SELECT count(*) FROM t") == "0")
            try expectUsable(connection)
        }
    }

    @Test func aCopyInIsEnded() throws {
        try connection.query("CREATE TABLE t (n int)")
        _ = try connection.beginCopy("COPY t FROM STDIN")
        try connection.sendCopyData(Array("1\n2\n".utf8))
        interrupted { () throws(PostgresError) in try connection.endCopyIn() }
        // It has ended either way: cancelled, or before that.
        #expect(["0", "2"].contains(try connection.value("SELECT count(*) FROM t")))
        try expectUsable(connection)
    }

    @Test func aCopyInThatTheServerHoldsUpIsCancelled() throws {
        try connection.query("CREATE TABLE t (k text UNIQUE)")
        let holder = try database.connect()
        try holder.query("BEGIN; INSERT INTO t VALUES ('first')")
        _ = try connection.beginCopy("COPY t FROM STDIN")
        try connection.sendCopyData(Array("first\n".utf8))
        // More than all buffers between the two hold.
        let line = Array(String(repeating: "x", count: 1 << 20).utf8) + [0x0A]
        interrupted { () throws(PostgresError) in for _ in 0..<64 { try connection.sendCopyData(line) } }
        try expectUsable(connection)
        try holder.query("COMMIT")
        #expect(try connection.value("SELECT count(*) FROM t") == "1")
    }

    @Test func aCopyOutIsCancelled() throws {
        _ = try connection.beginCopy(
            "COPY (SELECT repeat('x', 20000), pg_sleep(n) FROM generate_series(0, 1000, 1000) n) TO STDOUT")
        interrupted { () throws(PostgresError) in while try unsafe connection.receiveCopyData({ _ in }) {} }
        try expectUsable(connection)
        // One that waits for its reader.
        _ = try connection.beginCopy("COPY (SELECT repeat('x', 2000) FROM generate_series(1, 100000)) TO STDOUT")
        interrupted { () throws(PostgresError) in try connection.endCopy() }
        #expect(try connection.beginCopy("COPY (SELECT 1) TO STDOUT").status == .copyOut)
        try connection.endCopy()
        try expectUsable(connection)
    }

    @Test func aPipelineIsDiscarded() throws {
        try connection.query("CREATE TABLE t (n int)")
        for isSynced in [true, false] {
            try connection.enterPipeline()
            try connection.pipelineQuery("INSERT INTO t VALUES (1)")
            try connection.pipelineQuery("SELECT pg_sleep(1000)")
            try connection.pipelineQuery("INSERT INTO t VALUES (2)")
            try connection.pipelineSync()
            try connection.pipelineQuery("SELECT pg_sleep(1000)")
            if isSynced { try connection.pipelineSync() }
            interrupted { () throws(PostgresError) in while try connection.nextPipelineResult() != nil {} }
            #expect(try connection.value("SELECT count(*) FROM t") == "0")
            #expect(connection.pipelineDepth == 0)
            try expectUsable(connection)
        }
        // One pipeline after another.
        try connection.enterPipeline()
        try connection.pipelineQuery("SELECT pg_sleep(1000)")
        try connection.pipelineSync()
        interrupted { () throws(PostgresError) in _ = try connection.nextPipelineResult() }
        try connection.pipelineQuery("SELECT 8")
        try connection.pipelineSync()
        #expect(try connection.nextPipelineResult()?[0, 0] == "8")
        #expect(try connection.nextPipelineResult()?.status == .pipelineSync)
        #expect(try connection.nextPipelineResult() == nil)
        try connection.exitPipeline()
        try expectUsable(connection)
    }

    @Test func aPipelinesTransactionIsTheOwnersToEnd() throws {
        try connection.enterPipeline()
        for statement in ["BEGIN", "SELECT pg_sleep(1000)"] { try connection.pipelineQuery(statement) }
        interrupted { () throws(PostgresError) in while try connection.nextPipelineResult() != nil {} }
        #expect(connection.failure(of: "SELECT 1")?.sqlState == SQLState("25P02"))
        try connection.query("ROLLBACK")
        try expectUsable(connection)
    }

    @Test func aReplicationCommandAndAStreamAreCancelled() throws {
        let slot = database.name + "_left"
        try connection.query("CREATE TABLE t (n int)")
        try connection.query("CREATE PUBLICATION p FOR TABLE t")
        let replication = try Connection(
            database.connectionString.merging(["replication": "database"]), interrupt: interrupt)
        let other = try database.connect()
        try other.query("BEGIN; INSERT INTO t VALUES (1)")
        // The creation waits for the transaction.
        try replication.send("CREATE_REPLICATION_SLOT \(slot) TEMPORARY LOGICAL pgoutput")
        try waitUntil(replication.serverProcessID, waitsFor: "Lock", on: database.cluster)
        interrupted { () throws(PostgresError) in _ = try replication.nextResult() }
        #expect(try replication.query("IDENTIFY_SYSTEM").rowCount == 1)
        try other.query("COMMIT")
        // A walsender's error drops its temporary slots.
        try replication.query("CREATE_REPLICATION_SLOT \(slot) LOGICAL pgoutput")
        let stream = "START_REPLICATION SLOT \(slot) LOGICAL 0/0 (proto_version '1', publication_names 'p')"
        for _ in 1...2 {
            #expect(try replication.beginCopy(stream).status == .copyBoth)
            interrupted { () throws(PostgresError) in while try unsafe replication.receiveCopyData({ _ in }) {} }
            #expect(try replication.query("IDENTIFY_SYSTEM").rowCount == 1)
        }
        try replication.query("DROP_REPLICATION_SLOT \(slot)")
    }

    @Test func aConnectionThatIsLostMeanwhileIsReported() throws {
        interrupted { () throws(PostgresError) in try connection.query("SELECT pg_sleep(1000)") }
        try database.connect().query("SELECT pg_terminate_backend($1)", [String(connection.serverProcessID)])
        try waitUntil(
            "NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1)", [String(connection.serverProcessID)],
            on: database.cluster)
        for _ in 1...2 {
            let error = try #require(connection.failure(of: "SELECT 1"))
            #expect(error.origin != .interrupted && error.isSafeToRetry, "\(error)")
            #expect(!connection.isAlive)
        }
    }

    @Test func aSessionThatIsGivenUpCountsAsLost() throws {
        let reason = connection.giveUp()
        #expect(!connection.isAlive && reason.isSafeToRetry)
        connection.leftover.insert(.answers)
        #expect(connection.failure(of: "SELECT 1")?.message == reason.message)
    }
}

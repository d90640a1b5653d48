import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Libpq

@Suite(.blocking) struct ConnectionPipelineTests {
    /// What the answers are, in short.
    private func answers(_ connection: Connection) throws(PostgresError) -> [String] {
        var all: [String] = []
        while let result = try connection.nextPipelineResult() {
            switch result.status {
            case .tuples: all.append(result[0, 0] ?? "NULL")
            case .command: all.append(result.commandTag)
            case .failed(let error): all.append(error.sqlState.code)
            case .pipelineAborted: all.append("aborted")
            case .pipelineSync: all.append("sync")
            default: all.append("\(result.status)")
            }
        }
        return all
    }

    @Test func everyStatementAndSyncAnswersInOrder() throws {
        let connection = try SharedCluster.database().connect()
        try connection.enterPipeline()
        try connection.pipelineQuery("CREATE TABLE t (n int, x text)")
        try connection.pipelinePrepare("put", "INSERT INTO t VALUES ($1, $2) RETURNING n")
        var parameters = ParameterBuffer()
        for n in 1...3 {
            parameters.removeAll()
            parameters.append(String(n))
            if n == 2 { parameters.appendNull() } else { parameters.append("") }
            try connection.pipelineExecute("put", &parameters)
        }
        try connection.pipelineSync()
        try connection.pipelineQuery("SELECT count(*) FROM t WHERE x IS NULL AND n < $1", ["3"])
        #expect(connection.pipelineDepth == 7)
        try connection.pipelineSync()
        #expect(try answers(connection) == ["CREATE TABLE", "", "1", "2", "3", "sync", "1", "sync"])
        #expect(connection.pipelineDepth == 0)
        #expect(try connection.tryPipelineResult() == nil)
        #expect(try connection.nextPipelineResult() == nil)
        try connection.exitPipeline()
        #expect(try connection.value("SELECT count(*) FROM t") == "3")
    }

    @Test func anErrorAbortsTheRestUpToTheNextSync() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query("CREATE TABLE t (n int)")
        try connection.enterPipeline()
        try connection.pipelineQuery("INSERT INTO t VALUES (1)")
        try connection.pipelineQuery("INSERT INTO t VALUES (1 / $1::int)", ["0"])
        try connection.pipelineQuery("INSERT INTO t VALUES (3)")
        try connection.pipelineSync()
        try connection.pipelineQuery("INSERT INTO t VALUES (4)")
        try connection.pipelineSync()
        #expect(try answers(connection) == ["INSERT 0 1", "22012", "aborted", "sync", "INSERT 0 1", "sync"])
        try connection.exitPipeline()
        // What stands between two syncs is one transaction.
        #expect(try connection.value("SELECT string_agg(n::text, ',') FROM t") == "4")
    }

    @Test func aTransactionFailsAsOne() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query("CREATE TABLE t (n int)")
        try connection.enterPipeline()
        try connection.pipelineQuery("BEGIN")
        try connection.pipelineQuery("INSERT INTO t VALUES (1)")
        try connection.pipelineSync()
        try connection.pipelineQuery("SELECT nowhere")
        try connection.pipelineQuery("COMMIT")
        try connection.pipelineSync()
        #expect(
            try answers(connection) == ["BEGIN", "INSERT 0 1", "sync", "42703", "aborted", "sync"])
        #expect(connection.transactionStatus == .inFailedTransaction)
        try connection.pipelineQuery("ROLLBACK")
        try connection.pipelineSync()
        #expect(try answers(connection) == ["ROLLBACK", "sync"])
        try connection.exitPipeline()
        #expect(connection.transactionStatus == .idle)
        #expect(try connection.value("SELECT count(*) FROM t") == "0")
    }

    /// More than all buffers hold in both directions, sent before a single answer is read.
    @Test func aLargeBatchIsDrainedBothWays() throws {
        let connection = try SharedCluster.cluster().connect()
        try connection.enterPipeline()
        let text = String(repeating: "x", count: 4000)
        try connection.pipelinePrepare("echo", "SELECT $1::text")
        var parameters = ParameterBuffer()
        for n in 0..<10_000 {
            parameters.removeAll()
            parameters.append("\(n)" + text)
            try connection.pipelineExecute("echo", &parameters)
            if n % 1000 == 999 { try connection.pipelineSync() }
        }
        let all = try answers(connection)
        #expect(all.count == 10_011 && all.filter { $0 == "sync" }.count == 10)
        let echoes = all.filter { $0.hasSuffix("x") }
        #expect(echoes.count == 10_000 && echoes.last == "9999" + text)
        try connection.exitPipeline()
    }

    @Test func aCallerThatWatchesOtherSocketsWaitsItself() throws {
        let connection = try SharedCluster.cluster().connect()
        try connection.enterPipeline()
        let text = String(repeating: "x", count: 100_000)
        for _ in 0..<200 { try connection.pipelineQuery("SELECT $1::text", [text]) }
        try connection.pipelineSync()
        var count = 0
        while connection.pipelineDepth > 0 {
            try connection.exchange()
            while try connection.tryPipelineResult() != nil { count += 1 }
            guard connection.pipelineDepth > 0 else { break }
            let outcome = Wait.poll(
                [(connection.descriptor, connection.hasUnsentData)], interrupt: nil, milliseconds: 60_000)
            #expect(outcome == .ready)
        }
        #expect(count == 201)
        try connection.exitPipeline()
    }

    @Test func aTerminatedSessionsPipelineEnds() throws {
        let cluster = try SharedCluster.cluster()
        let connection = try cluster.connect()
        try connection.enterPipeline()
        try connection.pipelineQuery("SELECT pg_backend_pid()")
        try connection.pipelineQuery("SELECT pg_sleep(100)")
        try connection.pipelineQuery("SELECT 3")
        try connection.pipelineSync()
        // The first answer comes with the first sync or the termination: only the flush is needed here.
        waitUntil { !connection.hasUnsentData }
        try waitUntil(connection.serverProcessID, waitsFor: "PgSleep", on: cluster)
        try cluster.connect().query("SELECT pg_terminate_backend($1)", [String(connection.serverProcessID)])
        var failure: PostgresError?
        do throws(PostgresError) {
            while failure == nil, let result = try connection.nextPipelineResult() {
                if case .failed(let error) = result.status { failure = error }
            }
        } catch {
            failure = error
        }
        #expect(failure?.sqlState == .adminShutdown, "\(failure.map { "\($0)" } ?? "")")
        // Nobody waits for what is still owed.
        do { while try connection.nextPipelineResult() != nil {} } catch { #expect(error.isSafeToRetry) }
        #expect(!connection.isAlive)
    }

    @Test func aPipelineWithOpenAnswersIsNotLeft() throws {
        let connection = try SharedCluster.cluster().connect()
        try connection.enterPipeline()
        try connection.pipelineQuery("SELECT 1")
        try connection.pipelineSync()
        #expect(throws: PostgresError.self) { try connection.exitPipeline() }
        #expect(try answers(connection) == ["1", "sync"])
        try connection.exitPipeline()
        #expect(throws: PostgresError.self) { try connection.pipelineSync() }
    }
}

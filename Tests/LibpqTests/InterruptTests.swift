import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Libpq

@Suite(.blocking) struct InterruptTests {
    @Test func itStaysFiredUntilItIsCleared() throws {
        let interrupt = try Interrupt()
        #expect(!interrupt.isFired)
        try interrupt.check()
        for _ in 0..<1000 { interrupt.fire() }
        #expect(interrupt.isFired)
        let error = #expect(throws: PostgresError.self) { try interrupt.check() }
        #expect(error?.origin == .interrupted)
        interrupt.clear()
        #expect(!interrupt.isFired)
        // More than the pipe holds: firing never waits.
        for _ in 0..<100_000 { interrupt.fire() }
        interrupt.clear()
        #expect(!interrupt.isFired)
    }

    @Test func aShieldedWaitGoesOn() throws {
        let interrupt = try Interrupt()
        let connection = try Connection(SharedCluster.cluster().connectionString(), interrupt: interrupt)
        interrupt.fire()
        let value = try connection.shielded { () throws(PostgresError) in
            try connection.shielded { () throws(PostgresError) in try connection.value("SELECT 1") }
        }
        #expect(value == "1" && interrupt.isFired)
        // Outside it ends the next wait.
        let error = #expect(throws: PostgresError.self) { try connection.query("SELECT pg_sleep(1000)") }
        #expect(error?.origin == .interrupted)
    }

    @Test func underCancelQueryTheServerCancelsAndTheSessionStays() throws {
        let (cluster, interrupt) = (try SharedCluster.cluster(), try Interrupt())
        let connection = try Connection(
            cluster.connectionString(), interrupt: interrupt, onInterrupt: .cancelQuery)
        for _ in 1...3 {
            try connection.send("SELECT pg_sleep(1000)")
            // A cancel that comes before its query finds nothing.
            try waitUntil(connection.serverProcessID, waitsFor: "PgSleep", on: cluster)
            interrupt.fire()
            let error = #expect(throws: PostgresError.self) { try connection.endCopy() }
            #expect(error?.sqlState == .queryCanceled && error?.origin == .server)
            #expect(!interrupt.isFired)
            #expect(connection.isAlive && connection.transactionStatus == .idle)
        }
        #expect(try connection.value("SELECT 1") == "1")
    }

    @Test func underAbandonTheWaitEnds() throws {
        let interrupt = try Interrupt()
        let connection = try Connection(SharedCluster.cluster().connectionString(), interrupt: interrupt)
        try connection.send("SELECT pg_sleep(1000)")
        try waitUntil(connection.serverProcessID, waitsFor: "PgSleep", on: try SharedCluster.cluster())
        interrupt.fire()
        let error = #expect(throws: PostgresError.self) { try connection.nextResult() }
        #expect(error?.origin == .interrupted && interrupt.isFired)
        // Whoever wants to go on may: the server knows nothing of it.
        interrupt.clear()
        connection.cancel()
        let canceled = #expect(throws: PostgresError.self) { try connection.endCopy() }
        #expect(canceled?.sqlState == .queryCanceled)
        #expect(try connection.value("SELECT 1") == "1")
    }

    @Test func aCancelWithNothingToCancelDoesNoHarm() throws {
        let connection = try SharedCluster.cluster().connect()
        connection.cancel()
        // The request may arrive during a later statement.
        if let error = connection.failure(of: "SELECT count(*) FROM generate_series(1, 1000)") {
            #expect(error.sqlState == .queryCanceled)
        }
        #expect(connection.isAlive)
    }

    @Test func aCopyInIsCancelledWhileItsSenderWaits() throws {
        let database = try SharedCluster.database()
        try database.run("CREATE TABLE t (k text UNIQUE)")
        let holder = try database.connect()
        try holder.query("BEGIN; INSERT INTO t VALUES ('first')")
        let (backend, interrupt) = (try Promise<Int32>(), try Interrupt())
        let copy = try Background { _ throws(PostgresError) -> PostgresError? in
            let connection = try Connection(
                database.connectionString, interrupt: interrupt, onInterrupt: .cancelQuery)
            backend.fulfil(connection.serverProcessID)
            _ = try connection.beginCopy("COPY t FROM STDIN")
            try connection.sendCopyData(Array("first\n".utf8))
            do throws(PostgresError) {
                for n in 0..<64 {
                    try connection.sendCopyData(Array(String(repeating: "\(n)", count: 1 << 18).utf8) + [0x0A])
                }
                try connection.endCopyIn()
                return nil
            } catch {
                #expect(try connection.value("SELECT 1") == "1")
                return error
            }
        }
        try waitUntil(try backend.get(), waitsFor: "Lock", on: database.cluster)
        interrupt.fire()
        #expect(try copy.value()?.sqlState == .queryCanceled)
        try holder.query("ROLLBACK")
    }

    @Test func aCopyOutIsCancelled() throws {
        let interrupt = try Interrupt()
        let connection = try Connection(
            SharedCluster.cluster().connectionString(), interrupt: interrupt, onInterrupt: .cancelQuery)
        // The server sends when its buffer is full, the beginning too.
        _ = try connection.beginCopy(
            "COPY (SELECT repeat('x', 20000), pg_sleep(n) FROM generate_series(0, 1000, 1000) n) TO STDOUT")
        interrupt.fire()
        while try unsafe connection.receiveCopyData({ _ in }) {}
        let error = #expect(throws: PostgresError.self) { try connection.endCopy() }
        #expect(error?.sqlState == .queryCanceled)
        #expect(try connection.value("SELECT 1") == "1")
    }
}

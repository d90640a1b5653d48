import Glibc
import LocalCluster
import Postgres
import Synchronization
import Testing
import Waiting

@testable import Libpq

/// A server that does not read, or a reader that is slow: what is sent is far more than the socket's buffers hold, so that
/// both sides come to wait.
@Suite(.blocking) struct SlowPeerTests {
    private static let pieces = 512
    private static let piece = Array(String(repeating: String(repeating: "x", count: 127) + "\n", count: 1024).utf8)

    /// Sends 64 MB, counting the pieces.
    private func send(on connection: Connection, _ sent: Sent) throws(PostgresError) {
        for _ in 0..<Self.pieces {
            try connection.sendCopyData(Self.piece)
            sent.count.add(1, ordering: .relaxed)
            sent.hasBegun.fire()
        }
    }

    private final class Sent: Sendable {
        let count = Atomic(0)
        /// A piece has gone.
        let hasBegun: Signal

        init() throws(PostgresError) { hasBegun = try Signal() }
    }

    @Test func aCopyWaitsForALockAndGoesOn() throws {
        let database = try SharedCluster.database()
        try database.run("CREATE TABLE t (k text UNIQUE, x text)")
        let holder = try database.connect()
        // The copy's first row waits for this one's fate.
        try holder.query("BEGIN; INSERT INTO t VALUES ('first')")
        let backend = try Promise<Int32>()
        let rows = try Background { interrupt throws(PostgresError) in
            let connection = try Connection(database.connectionString, interrupt: interrupt)
            backend.fulfil(connection.serverProcessID)
            _ = try connection.beginCopy("COPY t FROM STDIN")
            try connection.sendCopyData(Array("first\t\n".utf8))
            for n in 0..<Self.pieces {
                try connection.sendCopyData(Array("\(n)\t\(String(repeating: "x", count: 1 << 17))\n".utf8))
            }
            return try connection.endCopyIn()
        }
        try waitUntil(try backend.get(), waitsFor: "Lock", on: database.cluster)
        try holder.query("ROLLBACK")
        #expect(try rows.value() == Self.pieces + 1)
    }

    @Test func aStoppedServerIsWaitedFor() throws {
        let cluster = try LocalCluster(.shadow)
        try cluster.start()
        try cluster.run("CREATE TABLE t (x text)")
        let backend = try Promise<Int32>()
        let sent = try Sent()
        let rows = try Background { interrupt throws(PostgresError) in
            let connection = try Connection(cluster.connectionString(), interrupt: interrupt)
            _ = try connection.beginCopy("COPY t FROM STDIN")
            _ = Glibc.kill(connection.serverProcessID, SIGSTOP)
            backend.fulfil(connection.serverProcessID)
            try send(on: connection, sent)
            return try connection.endCopyIn()
        }
        let pid = try backend.get()
        Wait.until(sent.hasBegun)
        #expect(sent.count.load(ordering: .relaxed) < Self.pieces)
        _ = Glibc.kill(pid, SIGCONT)
        #expect(try rows.value() == Self.pieces * 1024)
    }

    @Test func aWaitForAStoppedServerCanBeGivenUp() throws {
        let cluster = try LocalCluster(.shadow)
        try cluster.start()
        try cluster.run("CREATE TABLE t (x text)")
        let sent = try Sent()
        let copy = try Background { interrupt throws(PostgresError) -> Void in
            let connection = try Connection(cluster.connectionString(), interrupt: interrupt)
            _ = try connection.beginCopy("COPY t FROM STDIN")
            _ = Glibc.kill(connection.serverProcessID, SIGSTOP)
            while true { try send(on: connection, sent) }
        }
        Wait.until(sent.hasBegun)
        copy.interrupt.fire()
        let error = #expect(throws: PostgresError.self) { try copy.value() }
        #expect(error?.origin == .interrupted)
    }

    @Test func aStoppedServersAnswerIsWaitedFor() throws {
        let cluster = try LocalCluster(.shadow)
        try cluster.start()
        let backend = try Promise<Int32>()
        let bytes = try Background { interrupt throws(PostgresError) in
            let connection = try Connection(cluster.connectionString(), interrupt: interrupt)
            _ = try connection.beginCopy("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 60000)) TO STDOUT")
            var bytes = 0
            while try unsafe connection.receiveCopyData({ row in
                if bytes == 0 {
                    _ = Glibc.kill(connection.serverProcessID, SIGSTOP)
                    backend.fulfil(connection.serverProcessID)
                }
                bytes += row.count
            }) {}
            try connection.endCopy()
            return bytes
        }
        _ = Glibc.kill(try backend.get(), SIGCONT)
        #expect(try bytes.value() == 60_000 * 1001)
    }

    @Test func aSlowReaderGetsAll() throws {
        let cluster = try SharedCluster.cluster()
        let connection = try cluster.connect()
        _ = try connection.beginCopy("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 60000)) TO STDOUT")
        var (rows, bytes) = (0, 0)
        while try unsafe connection.receiveCopyData({ bytes += $0.count }) {
            rows += 1
            if rows == 1 || rows == 30_000 {
                try waitUntil(connection.serverProcessID, waitsFor: "ClientWrite", on: cluster)
            }
        }
        #expect(rows == 60_000 && bytes == 60_000 * 1001)
        #expect(try connection.endCopy() == 60_000)
    }

    /// Once it flushed with nothing left to send, and then waited for an answer that the server does not owe.
    @Test func aFlushEndsWhenAllIsSent() throws {
        let cluster = try LocalCluster(.shadow)
        try cluster.start()
        try cluster.run("CREATE TABLE t (x text)")
        for size in [1, 8191, 8192, 8193, 16_384, 65_535, 65_536, 212_992, 262_144, 1 << 20] {
            let pieces = max(1, (1 << 18) / size)
            let connection = try cluster.connect()
            _ = try connection.beginCopy("COPY t FROM STDIN")
            for _ in 0..<min(pieces, 1000) {
                try connection.sendCopyData(Array(repeating: UInt8(ascii: "\n"), count: size))
                _ = Glibc.kill(connection.serverProcessID, SIGSTOP)
                _ = Glibc.kill(connection.serverProcessID, SIGCONT)
            }
            #expect(try connection.endCopyIn() == min(pieces, 1000) * size)
        }
    }
}

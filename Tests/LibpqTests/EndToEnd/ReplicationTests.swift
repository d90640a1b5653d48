import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Libpq

/// Connections in replication mode: the walsender's commands, and COPY in both directions at once.
@Suite(.blocking) struct ReplicationTests {
    private func connect(_ database: TestDatabase) throws -> Connection {
        try Connection(database.connectionString.merging(["replication": "database"]), interrupt: Interrupt())
    }

    private static let options = "(proto_version '1', publication_names 'p')"

    /// A standby status update (manual, 55.4), asking for an answer.
    private func status(_ position: UInt64) -> [UInt8] {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: position >> UInt64(56 - 8 * $0)) }
        return [UInt8(ascii: "r")] + bytes + bytes + bytes + Array(repeating: 0, count: 8) + [1]
    }

    /// A message of the stream (manual, 55.4): its kind, and of XLogData the kind of what it carries.
    private func next(_ connection: Connection) throws(PostgresError) -> (kind: Character, payload: Character?)? {
        var message: (Character, Character?)?
        let received = try unsafe connection.receiveCopyData { bytes in
            let payload = unsafe bytes.dropFirst(25).first.map { Character(UnicodeScalar($0)) }
            message = unsafe (Character(UnicodeScalar(bytes[0])), payload)
        }
        return received ? message : nil
    }

    @Test func theSystemIsIdentified() throws {
        let database = try SharedCluster.database()
        let row = try connect(database).query("IDENTIFY_SYSTEM").rows[0]
        #expect(try row.string("dbname") == database.name)
        #expect(try row.int("timeline") == 1)
        #expect(try row.lsn("xlogpos") > LSN(0))
        #expect(try !row.string("systemid").isEmpty)
    }

    @Test func aCommandThatFailsLeavesTheSession() throws {
        let database = try SharedCluster.database()
        let (connection, other) = (try connect(database), try connect(database))
        let command = "CREATE_REPLICATION_SLOT \(database.name)_twice TEMPORARY LOGICAL pgoutput"
        try connection.query(command)
        #expect(other.failure(of: command)?.sqlState == .duplicateObject)
        #expect(other.failure(of: "START_REPLICATION nonsense")?.sqlState == .syntaxError)
        let missing = #expect(throws: PostgresError.self) {
            _ = try other.beginCopy("START_REPLICATION SLOT nowhere LOGICAL 0/0 \(Self.options)")
        }
        #expect(missing?.sqlState == .undefinedObject)
        #expect(try other.query("IDENTIFY_SYSTEM").rowCount == 1)
    }

    @Test func aSlotsStreamCarriesChangesAndAnswersStatus() throws {
        let database = try SharedCluster.database()
        try database.run("CREATE TABLE t (n int); CREATE PUBLICATION p FOR TABLE t")
        let connection = try connect(database)
        let slot = database.name + "_stream"
        let row = try connection.query("CREATE_REPLICATION_SLOT \(slot) TEMPORARY LOGICAL pgoutput").rows[0]
        let start = try row.lsn("consistent_point")

        let begun = try connection.beginCopy("START_REPLICATION SLOT \(slot) LOGICAL \(start) \(Self.options)")
        #expect(begun.status == .copyBoth)
        try connection.sendCopyData(status(start.bytes))
        while try next(connection)?.kind != "k" {}
        try database.run("INSERT INTO t VALUES (1), (2)")
        var changes = ""
        // Before 15 transactions that changed nothing here come too, empty.
        while !changes.hasSuffix("IC") {
            if let message = try next(connection), message.kind == "w", let payload = message.payload {
                changes.append(payload)
            }
        }
        #expect(changes.hasSuffix("BRIIC"))

        // The stream's end, agreed by both: then the connection takes commands again.
        try connection.endCopyIn()
        #expect(connection.transactionStatus == .idle)
        #expect(try connection.query("IDENTIFY_SYSTEM").rowCount == 1)
    }

    @Test func aStreamIsEndedByTheServerWithItsReason() throws {
        let database = try SharedCluster.database()
        let connection = try connect(database)
        let slot = database.name + "_end"
        try connection.query("CREATE_REPLICATION_SLOT \(slot) TEMPORARY LOGICAL pgoutput")
        _ = try connection.beginCopy("START_REPLICATION SLOT \(slot) LOGICAL 0/0 \(Self.options)")
        try database.connect().query("SELECT pg_terminate_backend($1)", [String(connection.serverProcessID)])
        let error = try #require(throws: PostgresError.self) {
            while try next(connection) != nil {}
            try connection.endCopy()
            throw PostgresError("no error")
        }
        #expect(error.sqlState == .adminShutdown && error.isSafeToRetry, "\(error)")
    }

    @Test func aServerThatShutsDownEndsTheStream() throws {
        let cluster = try LocalCluster(.source)
        try cluster.start()
        let connection = try Connection(
            cluster.connectionString().merging(["replication": "database"]), interrupt: Interrupt())
        try connection.query("CREATE_REPLICATION_SLOT s TEMPORARY LOGICAL pgoutput")
        _ = try connection.beginCopy("START_REPLICATION SLOT s LOGICAL 0/0 \(Self.options)")
        try cluster.stop(.immediate)
        let error = try #require(throws: PostgresError.self) {
            while try next(connection) != nil {}
            try connection.endCopy()
            throw PostgresError("no error")
        }
        #expect(error.isSafeToRetry, "\(error)")
    }

    @Test func aStreamWithoutMessagesEndsToo() throws {
        let database = try SharedCluster.database()
        let connection = try connect(database)
        try connection.query("CREATE_REPLICATION_SLOT \(database.name)_idle TEMPORARY LOGICAL pgoutput")
        _ = try connection.beginCopy("START_REPLICATION SLOT \(database.name)_idle LOGICAL 0/0 \(Self.options)")
        try connection.exchange()
        // Nothing is read before the end: what has come meanwhile is passed over.
        try connection.endCopyIn()
        #expect(try connection.query("IDENTIFY_SYSTEM").rowCount == 1)
    }

    @Test func aNewConnectionTakesTheSlotOnceItsHolderIsGone() throws {
        let database = try SharedCluster.database()
        let slot = database.name + "_held"
        var holder: Connection? = try connect(database)
        try holder?.query("CREATE_REPLICATION_SLOT \(slot) LOGICAL pgoutput")
        _ = try holder?.beginCopy("START_REPLICATION SLOT \(slot) LOGICAL 0/0 \(Self.options)")
        let next = try connect(database)
        let busy = try #require(throws: PostgresError.self) {
            _ = try next.beginCopy("START_REPLICATION SLOT \(slot) LOGICAL 0/0 \(Self.options)")
        }
        #expect(busy.sqlState == .objectInUse && busy.message.contains(String(holder?.serverProcessID ?? 0)))
        holder = nil
        try waitUntil("SELECT NOT active FROM pg_replication_slots WHERE slot_name = $1", [slot], on: database.cluster)
        #expect(try next.beginCopy("START_REPLICATION SLOT \(slot) LOGICAL 0/0 \(Self.options)").status == .copyBoth)
        try next.endCopyIn()
        try next.query("DROP_REPLICATION_SLOT \(slot)")
    }
}

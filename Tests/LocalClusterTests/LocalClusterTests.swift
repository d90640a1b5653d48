import Glibc
import Libpq
import Postgres
import Processes
import Testing
import Waiting

@testable import LocalCluster

@Suite(.blocking) struct LocalClusterTests {
    @Test func runsAServerWithTheSettingsGiven() throws {
        let cluster = try LocalCluster(.source, settings: ["work_mem": "5MB", "log_line_prefix": "it's \\ here "])
        try cluster.start()
        let connection = try cluster.connect()
        let result = try connection.query(
            """
            SELECT current_setting('wal_level') AS wal_level, current_setting('work_mem') AS work_mem,
                   current_setting('log_line_prefix') AS prefix, current_setting('server_encoding') AS encoding,
                   current_user AS "user"
            """)
        #expect(try result.rows[0].string("wal_level") == "logical")
        #expect(try result.rows[0].string("work_mem") == "5MB")
        #expect(try result.rows[0].string("prefix") == "it's \\ here ")
        #expect(try result.rows[0].string("encoding") == "UTF8")
        #expect(try result.rows[0].string("user") == "postgres")
    }

    @Test func keepsItsDataOverEveryKindOfStop() throws {
        let cluster = try LocalCluster(.shadow)
        try cluster.start()
        try cluster.start()
        try cluster.run("CREATE TABLE kept (n int)")
        for stop in LocalClusterTests.stops {
            try cluster.run("INSERT INTO kept VALUES (1)")
            try stop(cluster)
            #expect(!cluster.isRunning)
            #expect(cluster.processID == nil)
            #expect(throws: PostgresError.self) { try cluster.connect() }
            try cluster.start()
            #expect(cluster.isRunning)
        }
        let result = try cluster.connect().query("SELECT count(*) AS rows FROM kept")
        #expect(try result.rows[0].int("rows") == LocalClusterTests.stops.count)
    }

    private static let stops: [@Sendable (LocalCluster) throws -> Void] = [
        { try $0.stop(.smart) }, { try $0.stop(.fast) }, { try $0.stop(.immediate) }, { try $0.kill() },
    ]

    @Test func startsAgainAfterTheServerDiedByItself() throws {
        let cluster = try LocalCluster(.shadow)
        try cluster.start()
        let connection = try cluster.connect()
        let first = try #require(cluster.processID)
        _ = Glibc.kill(first, SIGQUIT)
        // Returns when all its processes have gone.
        try cluster.stop()
        #expect(throws: PostgresError.self) { try connection.query("SELECT 1") }
        try cluster.start()
        #expect(cluster.processID != first)
        try cluster.run("SELECT 1")
    }

    @Test func asksForPasswordsOverTCP() throws {
        let cluster = try LocalCluster(.shadow, listensOnTCP: true)
        try cluster.start()
        try cluster.run("CREATE ROLE clerk LOGIN PASSWORD 'right'")
        var parameters = cluster.connectionString(user: "clerk", overTCP: true)
        _ = try Connection(parameters, interrupt: Interrupt())

        try cluster.setAccessRules("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        // The server re-reads its files when it gets to the signal; a restart is the event to wait for.
        try cluster.restart()
        parameters["password"] = "wrong"
        #expect(throws: PostgresError.self) { try Connection(parameters, interrupt: Interrupt()) }
        parameters["password"] = "right"
        let connection = try Connection(parameters, interrupt: Interrupt())
        #expect(connection.usedPassword)
    }

    @Test func appliesChangedSettings() throws {
        let cluster = try LocalCluster(.shadow)
        try cluster.start()
        try cluster.configure(["max_connections": "33"])
        try cluster.restart()
        let result = try cluster.connect().query("SHOW max_connections")
        #expect(result[0, 0] == "33")
    }

    @Test func tellsWhyTheServerDoesNotStart() throws {
        let cluster = try LocalCluster(.shadow, settings: ["no_such_setting": "1"])
        let error = #expect(throws: PostgresError.self) { try cluster.start() }
        #expect(error?.detail?.contains("no_such_setting") == true)
        #expect(error?.hint != nil)
        #expect(!cluster.isRunning)
    }

    @Test func removesServerAndFolderWithItsLastReference() throws {
        var cluster: LocalCluster? = try LocalCluster(.shadow)
        try cluster?.start()
        let folder = try #require(cluster?.folder)
        let process = try #require(cluster?.processID)
        cluster = nil
        #expect(!exists(folder))
        #expect(Glibc.kill(process, 0) != 0)
    }

    @Test func removesAFrozenServerToo() throws {
        var cluster: LocalCluster? = try LocalCluster(.shadow)
        try cluster?.start()
        let process = try #require(cluster?.processID)
        _ = Glibc.kill(process, SIGSTOP)
        cluster = nil
        #expect(Glibc.kill(process, 0) != 0)
    }

    @Test func endsTheProcessesThatCarryItsMark() throws {
        var cluster: LocalCluster? = try LocalCluster(.shadow)
        let mark = try #require(cluster?.dependentMark)
        let marked = try patientProcess(environment: "\(mark.name)=\(mark.value)")
        let other = try patientProcess(environment: "\(mark.name)=\(mark.value)-other")
        cluster = nil
        #expect(marked.wait() == .killed(SIGTERM))
        _ = Glibc.kill(other.pid, SIGKILL)
        #expect(other.wait() == .killed(SIGKILL))
    }

    @Test func leavesTheFolderWhereAskedTo() throws {
        var cluster: LocalCluster? = try LocalCluster(.shadow)
        try cluster?.start()
        try cluster?.keepFolder()
        let folder = try #require(cluster?.folder)
        cluster = nil
        #expect(exists(folder + "/data/PG_VERSION"))
        // An orderly shutdown removes the lock file.
        #expect(!exists(folder + "/data/postmaster.pid"))
        #expect(try ProgramCall("rm", ["-rf", folder]).run().status == .success)
    }

    @Test func manyRunAtOnce() async throws {
        let versions = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<6 {
                group.addTask {
                    try await onThread("cluster \(number)") { _ throws(PostgresError) in
                        let cluster = try LocalCluster(number.isMultiple(of: 2) ? .source : .shadow)
                        try cluster.start()
                        return try cluster.connect().serverVersion.major
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(versions.count == 6)
    }

    /// A process that goes on until it is killed; returns when it runs with that variable.
    private func patientProcess(environment variable: String) throws -> ChildProcess {
        let (reading, writing) = try FileDescriptor.pipe()
        var call = ProgramCall("env", [variable, "sh", "-c", "echo ready; exec sleep infinity"])
        call.output = .descriptor(writing.number)
        let process = try call.start()
        writing.close()
        #expect(reading.readSome().map { String(decoding: $0, as: UTF8.self) } == "ready\n")
        return process
    }

    private func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }
}

import Glibc
import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Libpq

@Suite(.blocking) struct ConnectionTests {
    private func failure(
        _ parameters: ConnectionString, interrupt: Interrupt? = nil
    ) throws -> PostgresError {
        try #require(
            throws: PostgresError.self, performing: { try Connection(parameters, interrupt: interrupt ?? Interrupt()) })
    }

    @Test func tellsWhatItIsConnectedTo() throws {
        let database = try SharedCluster.database()
        let connection = try database.connect()
        #expect(connection.isAlive)
        #expect(connection.database == database.name)
        #expect(connection.user == "postgres")
        #expect(connection.host == database.cluster.folder)
        #expect(connection.port == String(database.cluster.port))
        #expect(!connection.usesTLS && connection.tlsAttribute("protocol") == nil)
        #expect(!connection.usedPassword)
        #expect(connection.clientEncoding == "UTF8")
        #expect(try connection.value("SHOW application_name") == "scry-backfill")
        #expect(try connection.value("SELECT pg_backend_pid()") == String(connection.serverProcessID))
        #expect(
            try connection.value("SHOW server_version_num") == String(connection.serverVersion.number))
        #expect(connection.effectiveParameters["dbname"] == database.name)
    }

    @Test func theServersRefusalsKeepTheirState() throws {
        let cluster = try LocalCluster(.source)
        try cluster.start()
        try cluster.run(
            """
            CREATE ROLE guest LOGIN PASSWORD 'right'; CREATE ROLE nobody;
            CREATE ROLE crowd LOGIN CONNECTION LIMIT 0;
            CREATE ROLE stranger LOGIN;
            """)
        try cluster.createDatabase("closed")
        try cluster.run("REVOKE CONNECT ON DATABASE closed FROM public")
        try cluster.setAccessRules(
            "local all guest scram-sha-256\nlocal all stranger reject\nlocal all all trust\n")
        try cluster.restart()
        let guest = cluster.connectionString(user: "guest")
        let cases: [(ConnectionString, String, String)] = [
            (guest.merging(["password": "wrong"]), "28P01", "password authentication failed for user \"guest\""),
            (guest, "28P01", "no password supplied"),
            (cluster.connectionString(database: "nowhere"), "3D000", "database \"nowhere\" does not exist"),
            (cluster.connectionString(database: "closed", user: "nobody2"), "28000", "role \"nobody2\" does not exist"),
            (cluster.connectionString(user: "nobody"), "28000", "is not permitted to log in"),
            (cluster.connectionString(user: "stranger"), "28000", "pg_hba.conf rejects connection"),
            (cluster.connectionString(user: "crowd"), "53300", "too many connections for role \"crowd\""),
            (cluster.connectionString().merging(["options": "-c no_such=1"]), "42704", "no_such"),
        ]
        for (parameters, state, message) in cases {
            let error = try failure(parameters)
            #expect(error.sqlState.code == state, "\(error)")
            #expect(error.message.contains(message), "\(error)")
            #expect(error.origin == .connection && error.severity == "FATAL")
            #expect(error.isSafeToRetry == (state == "53300"))
            // What verbose reports add is not shown.
            #expect(!error.message.contains("LOCATION") && !error.message.contains(state + ":"), "\(error.message)")
            if state != "42704" { #expect(error.hint != nil) }
        }
        try cluster.run("CREATE ROLE outsider LOGIN")
        let closed = try failure(cluster.connectionString(database: "closed", user: "outsider"))
        #expect(closed.sqlState == .insufficientPrivilege && closed.hint?.contains("CONNECT") == true)
        #expect(try Connection(guest.merging(["password": "right"]), interrupt: Interrupt()).usedPassword)
    }

    @Test func aPortWithoutServerMayHaveOneLater() throws {
        let listener = try Listener(accepting: false)
        let error = try failure(ConnectionString(["host": "127.0.0.1", "port": String(listener.port)]))
        #expect(error.sqlState.code == "08001" && error.origin == .connection && error.isSafeToRetry)
        #expect(error.message.contains("Connection refused"))
        #expect(error.hint != nil)
        let socket = try failure(ConnectionString(["host": "/nonexistent"]))
        #expect(socket.sqlState.code == "08001" && socket.isSafeToRetry)
    }

    @Test func theFirstHostThatAnswersIsTaken() throws {
        let cluster = try SharedCluster.cluster()
        let listener = try Listener(accepting: false)
        let connection = try Connection(
            cluster.connectionString().merging([
                "host": "127.0.0.1,\(cluster.folder)", "port": "\(listener.port),\(cluster.port)",
            ]), interrupt: Interrupt())
        #expect(connection.host == cluster.folder)
    }

    @Test func anAttemptEndsAtItsLimit() throws {
        let listener = try Listener(accepting: true)
        let silent = ConnectionString([
            "host": "127.0.0.1", "port": String(listener.port), "connect_timeout": "1", "sslmode": "disable",
            "gssencmode": "disable",
        ])
        let error = try failure(silent)
        #expect(error.message == "connection attempt timed out")
        #expect(error.sqlState.code == "08001" && error.isSafeToRetry && error.hint != nil)
        #expect(try failure(silent.merging(["connect_timeout": "soon"])).sqlState == .invalidParameterValue)
    }

    @Test func anAttemptWithoutLimitCanBeInterrupted() throws {
        let listener = try Listener(accepting: true)
        let interrupt = try Interrupt()
        interrupt.fire()
        for limit in ["0", "-1", " 60"] {
            let error = try failure(
                ConnectionString([
                    "host": "127.0.0.1", "port": String(listener.port), "connect_timeout": limit,
                ]), interrupt: interrupt)
            #expect(error.origin == .interrupted && !error.isSafeToRetry)
        }
    }

    @Test func theTransactionsStatusFollowsTheStatements() throws {
        let connection = try SharedCluster.database().connect()
        #expect(connection.transactionStatus == .idle)
        try connection.query("BEGIN")
        #expect(connection.transactionStatus == .inTransaction)
        try connection.query("SAVEPOINT here")
        #expect(connection.failure(of: "SELECT 1/0")?.sqlState.code == "22012")
        #expect(connection.transactionStatus == .inFailedTransaction)
        #expect(connection.failure(of: "SELECT 1")?.sqlState.code == "25P02")
        try connection.query("ROLLBACK TO here")
        #expect(connection.transactionStatus == .inTransaction)
        try connection.query("COMMIT")
        #expect(connection.transactionStatus == .idle)
        #expect(connection.failure(of: "SELECT 1/0") != nil)
        #expect(connection.transactionStatus == .idle)
        try connection.send("SELECT 1")
        #expect(connection.transactionStatus == .active)
        _ = try connection.endCopy()
        let watcher = try SharedCluster.cluster().connect()
        try watcher.query("SELECT pg_terminate_backend($1)", [String(connection.serverProcessID)])
        #expect(connection.failure(of: "SELECT pg_sleep(100)") != nil)
        #expect(connection.transactionStatus == .unknown && !connection.isAlive)
    }

    @Test func aTerminatedSessionsLastWordsAreKept() throws {
        let cluster = try SharedCluster.cluster()
        let connection = try cluster.connect()
        try connection.send("SELECT pg_sleep(100)")
        try waitUntil(connection.serverProcessID, waitsFor: "PgSleep", on: cluster)
        try cluster.connect().query("SELECT pg_terminate_backend($1)", [String(connection.serverProcessID)])
        let result = try #require(try connection.nextResult())
        guard case .failed(let error) = result.status else {
            Issue.record("\(result.status)")
            return
        }
        #expect(error.sqlState == .adminShutdown && error.isSafeToRetry)
        #expect(error.message.contains("administrator command"))
        while try connection.nextResult() != nil {}
        #expect(throws: PostgresError.self) { try connection.query("SELECT 1") }
        #expect(throws: PostgresError.self) { try connection.query("SELECT 1") }
    }

    @Test func aServerThatCrashedIsALostConnection() throws {
        let cluster = try LocalCluster(.shadow)
        try cluster.start()
        let connection = try cluster.connect()
        try connection.send("SELECT pg_sleep(100)")
        try cluster.kill()
        let result = try #require(try connection.nextResult())
        guard case .failed(let error) = result.status else {
            Issue.record("\(result.status)")
            return
        }
        #expect(error.origin == .connection && error.sqlState == .connectionFailure && error.isSafeToRetry)
        #expect(!error.message.contains("invalid socket"))
        #expect(connection.failure(of: "SELECT 1")?.isSafeToRetry == true)
    }

    @Test func noticesAndSettingsComeAlong() throws {
        let connection = try SharedCluster.database().connect()
        #expect(connection.takeNotices().isEmpty)
        try connection.query(
            """
            DO $$ BEGIN
                RAISE NOTICE 'one' USING DETAIL = 'More.', HINT = 'Do.', ERRCODE = '01234';
                RAISE WARNING 'two';
            END $$
            """)
        let notices = connection.takeNotices()
        #expect(notices.map(\.severity) == ["NOTICE", "WARNING"])
        #expect(notices.map(\.message) == ["one", "two"])
        #expect(notices.first?.detail == "More." && notices.first?.hint == "Do.")
        #expect(notices.first?.sqlState.code == "01234")
        #expect(connection.takeNotices().isEmpty)
        #expect(connection.parameterStatus("TimeZone") == "UTC")
        try connection.query("SET timezone = 'Asia/Tokyo'")
        #expect(connection.parameterStatus("TimeZone") == "Asia/Tokyo")
        #expect(connection.parameterStatus("no_such_setting") == nil)
    }
}

import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct ConnectionQueryTests {
    // MARK: Errors

    @Test func aStatementsErrorIsWhole() throws {
        let connection = try SharedCluster.database().connect()
        let error = try #require(
            connection.failure(
                of: """
                    DO $$ BEGIN
                        RAISE EXCEPTION 'the message' USING ERRCODE = '22012', DETAIL = 'The detail.',
                            HINT = 'The hint.', SCHEMA = 's', TABLE = 't', COLUMN = 'c', DATATYPE = 'd',
                            CONSTRAINT = 'n';
                    END $$
                    """))
        #expect(error.origin == .server && error.severity == "ERROR" && error.sqlState.code == "22012")
        #expect(error.message == "the message" && error.detail == "The detail." && error.hint == "The hint.")
        #expect(error.schema == "s" && error.table == "t" && error.column == "c")
        #expect(error.dataType == "d" && error.constraint == "n")
        #expect(error.context?.hasPrefix("PL/pgSQL function inline_code_block line") == true)
        #expect(error.sourceFile == "pl_exec.c" && error.sourceFunction == "exec_stmt_raise")
        #expect(error.sourceLine.flatMap { Int($0) } != nil)
        #expect(error.position == nil && error.internalPosition == nil)
    }

    @Test func positionsCountCharacters() throws {
        let connection = try SharedCluster.database().connect()
        #expect(connection.failure(of: "SELECT 'ä€😀', nowhere")?.position == 15)
        #expect(connection.failure(of: "SELECT 'ä€😀', $1::int, nowhere", ["1"])?.position == 24)
        let inner = connection.failure(of: "DO $$ BEGIN EXECUTE 'SELECT nowhere'; END $$")
        #expect(inner?.position == nil && inner?.internalPosition == 8)
        #expect(inner?.internalQuery == "SELECT nowhere")
        #expect(inner?.context?.contains("EXECUTE") == true)
    }

    @Test func aViolationNamesItsConstraint() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query(
            """
            CREATE DOMAIN small AS int CONSTRAINT tiny CHECK (VALUE < 10);
            CREATE TABLE "T t" (id int PRIMARY KEY, s small, n int NOT NULL);
            INSERT INTO "T t" VALUES (1, 1, 1)
            """)
        let unique = connection.failure(of: "INSERT INTO \"T t\" VALUES (1, 1, 1)")
        #expect(unique?.sqlState.code == "23505" && unique?.constraint == "T t_pkey")
        #expect(unique?.schema == "public" && unique?.table == "T t")
        #expect(unique?.detail == "Key (id)=(1) already exists.")
        let null = connection.failure(of: "INSERT INTO \"T t\" VALUES (2, 1, NULL)")
        #expect(null?.sqlState.code == "23502" && null?.column == "n")
        let domain = connection.failure(of: "INSERT INTO \"T t\" VALUES (2, 11, 1)")
        #expect(domain?.sqlState.code == "23514" && domain?.constraint == "tiny" && domain?.dataType == "small")
        #expect(connection.failure(of: "SELECT nofunction(1)")?.hint?.isEmpty == false)
    }

    // MARK: Parameters

    @Test(arguments: [
        "", " ", "NULL", "O'Reilly \"x\" \\ $1 -- /*", "ä€😀\u{FEFF}\u{1}\u{7F}\n\r\t",
        String(repeating: "x€", count: 2_000_000),
    ])
    func textGoesAndComesBack(_ text: String) throws {
        let connection = try SharedCluster.cluster().connect()
        let result = try connection.query("SELECT $1::text, length($1::text)", [text])
        #expect(result[0, 0] == text)
        #expect(result[0, 1] == String(text.unicodeScalars.count))
    }

    @Test func nullIsNotTheEmptyText() throws {
        let connection = try SharedCluster.cluster().connect()
        let result = try connection.query(
            "SELECT $1::text, $2::text, $1::text IS NULL, $2::text IS NULL, $3::int", [nil, "", nil])
        #expect(result[0, 0] == nil && result.isNull(0, 0))
        #expect(result[0, 1] == "" && !result.isNull(0, 1))
        #expect(result[0, 2] == "t" && result[0, 3] == "f" && result.isNull(0, 4))
        #expect(try connection.value("SELECT $1::text IS NULL", [nil]) == "t")
    }

    @Test func allBytesGoAsBytea() throws {
        let connection = try SharedCluster.cluster().connect()
        let hex = (0...255).map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
        let result = try connection.query("SELECT $1::bytea, length($1::bytea)", ["\\x" + hex])
        #expect(result[0, 0] == "\\x" + hex && result[0, 1] == "256")
    }

    @Test func aZeroByteIsRefusedNotCutOff() throws {
        let connection = try SharedCluster.cluster().connect()
        for (sql, parameters) in [
            ("SELECT $1::text", ["a\0b"]), ("SELECT 1 \0, 2", []), ("SELECT $1::text \0", ["a"]),
        ] as [(String, [String?])] {
            let error = connection.failure(of: sql, parameters)
            #expect(error?.sqlState.code == "22021" && error?.hint != nil)
        }
        #expect(try connection.value("SELECT 1") == "1")
    }

    @Test func bytesThatAreNotUTF8AreTheServersError() throws {
        let connection = try SharedCluster.cluster().connect()
        try connection.send(bytes: Array("SELECT '".utf8) + [0xFF, 0xFE] + Array("'".utf8))
        let error = try #require(throws: PostgresError.self) { try connection.endCopy() }
        #expect(error.sqlState.code == "22021")
        #expect(try connection.value("SELECT 1") == "1")
    }

    @Test func manyParametersAndOneTooMany() throws {
        let connection = try SharedCluster.cluster().connect()
        let most = (1...65_535).map { "$\($0)" }.joined(separator: ", ")
        let values: [String?] = (1...65_535).map(String.init)
        #expect(
            try connection.value("SELECT cardinality(ARRAY[\(most)]::int[])", values) == "65535")
        let error = connection.failure(of: "SELECT 1", values + ["1"])
        #expect(error?.message.isEmpty == false)
        #expect(try connection.value("SELECT 1") == "1")
    }

    // MARK: Several answers

    @Test func severalStatementsAnswerInOrder() throws {
        let connection = try SharedCluster.database().connect()
        try connection.send(
            "CREATE TABLE t (n int); INSERT INTO t VALUES (1), (2); ; SELECT n FROM t; SELECT 1/0; SELECT 3")
        var statuses: [String] = []
        while let result = try connection.nextResult() {
            switch result.status {
            case .command: statuses.append(result.commandTag)
            case .tuples: statuses.append("\(result.rowCount) rows")
            case .failed(let error): statuses.append(error.sqlState.code)
            default: statuses.append("\(result.status)")
            }
        }
        #expect(statuses == ["CREATE TABLE", "INSERT 0 2", "2 rows", "22012"])
        // One transaction, rolled back as a whole.
        #expect(try connection.value("SELECT to_regclass('t') IS NULL") == "t")
        try connection.send("")
        #expect(try connection.nextResult()?.status == .emptyQuery)
        #expect(try connection.nextResult() == nil)
        // The last one's result is the query's.
        #expect(try connection.query("SELECT 1; SELECT 2")[0, 0] == "2")
    }

    @Test func rowsComeOneByOneWhereAskedTo() throws {
        let connection = try SharedCluster.cluster().connect()
        try connection.send("SELECT n, 100 / (5000 - n) FROM generate_series(1, 10000) n")
        #expect(connection.beginSingleRowMode())
        var rows = 0
        var failure: PostgresError?
        while let result = try connection.nextResult() {
            if case .failed(let error) = result.status { failure = error } else { rows += result.rowCount }
        }
        #expect(rows == 4999 && failure?.sqlState.code == "22012")
        #expect(!connection.beginSingleRowMode())
    }

    @Test func aCopyInAQueryIsNoDeadEnd() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query("CREATE TABLE t (n int)")
        #expect(connection.failure(of: "COPY t FROM STDIN")?.sqlState.code == "57014")
        #expect(connection.failure(of: "COPY (SELECT generate_series(1, 100000)) TO STDOUT") == nil)
        #expect(try connection.value("SELECT 1; COPY t TO STDOUT; SELECT 2") == "2")
    }

    @Test func aQueryIsDescribedWithoutBeingRun() throws {
        let connection = try SharedCluster.cluster().connect()
        let result = try connection.describe("SELECT 1/0 AS boom, 'x'::varchar(7) AS v")
        #expect(result.columnCount == 2 && result.columnName(0) == "boom")
        #expect(result.columnType(0) == OID(23) && result.columnTypeModifier(1) == 11)
        let error = try #require(throws: PostgresError.self) { try connection.describe("SELECT nowhere") }
        #expect(error.position == 8)
        #expect(try connection.value("SELECT 1") == "1")
    }

    // MARK: Transactions, notifications

    @Test func aTransactionEndsWithItsBody() throws {
        let connection = try SharedCluster.database().connect()
        try connection.query("CREATE TABLE t (n int)")
        let value = try connection.transaction("BEGIN ISOLATION LEVEL SERIALIZABLE") { () throws(PostgresError) in
            try connection.query("INSERT INTO t VALUES (1)")
            return try connection.value("SHOW transaction_isolation")
        }
        #expect(value == "serializable")
        let error = try #require(throws: PostgresError.self) {
            try connection.transaction { () throws(PostgresError) in
                try connection.query("INSERT INTO t VALUES (2)")
                try connection.query("SELECT 1/0")
            }
        }
        #expect(error.sqlState.code == "22012")
        #expect(connection.transactionStatus == .idle)
        #expect(try connection.value("SELECT count(*) FROM t") == "1")
    }

    @Test func notificationsCome() throws {
        let database = try SharedCluster.database()
        let (listener, sender) = (try database.connect(), try database.connect())
        try listener.query("LISTEN \"a channel\"")
        try sender.query("NOTIFY other, 'x'; NOTIFY \"a channel\", 'one'; NOTIFY \"a channel\", 'two €'")
        var taken: [Connection.Notification] = []
        while taken.count < 2 {
            #expect(Wait.poll([(listener.descriptor, false)], interrupt: nil, milliseconds: 60_000) == .ready)
            taken += listener.takeNotifications()
        }
        #expect(taken.map(\.channel) == ["a channel", "a channel"])
        #expect(taken.map(\.payload) == ["one", "two €"])
        #expect(taken.allSatisfy { $0.processID == sender.serverProcessID })
        #expect(listener.takeNotifications().isEmpty)
    }

    // MARK: Limits of time

    @Test func aWaitForAnAnswerHasItsLimit() throws {
        let database = try SharedCluster.database()
        let (holder, waiter) = (try database.connect(), try database.connect())
        try holder.query("SELECT pg_advisory_lock(1)")
        try waiter.send("SELECT pg_advisory_lock(1)")
        #expect(try !waiter.hasResult(within: 0))
        #expect(try !waiter.hasResult(within: 50))
        try holder.query("SELECT pg_advisory_unlock(1)")
        #expect(try waiter.hasResult(within: 60_000))
        #expect(try waiter.endCopy() == 1)
    }
}

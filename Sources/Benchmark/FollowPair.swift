import Glibc
import Libpq
import LocalCluster
import Postgres
import Processes

/// The program's job and a subscription on the same tables of one source.
final class FollowPair {
    static let tables = ["accounts", "history", "rounds"]
    static let source = "bench"
    static let ours = "ours"
    static let theirs = "theirs"

    private let servers: ServerPair
    private let program: OurProgram
    /// The last round whose transactions are committed: one commit serves both.
    private var committed = 0

    init(servers: ServerPair, program: OurProgram) {
        self.servers = servers
        self.program = program
    }

    /// Both copied and caught up, both at rest.
    func prepare(rows: Int) throws(PostgresError) {
        try servers.source.createDatabase(Self.source)
        for name in [Self.ours, Self.theirs] { try servers.shadow.createDatabase(name) }
        try servers.source.run(Statements.accounts(rows), database: Self.source)
        try servers.source.run(Statements.publish, database: Self.source)
        try servers.source.run(Statements.setRound(0), database: Self.source)

        let engine = try start()
        try wait(forMark: 0, in: Self.ours, engine)
        try stop(engine)

        try ProgramCall("/bin/sh", ["-c", schemaCopy]).runSuccessfully()
        let conninfo = servers.source.connectionString(database: Self.source).conninfo
        try servers.shadow.run(Statements.subscribe(to: conninfo), database: Self.theirs)
        let shadow = try servers.shadow.connect(database: Self.theirs)
        try wait { () throws(PostgresError) in try shadow.query(Statements.unsynchronizedTables).rowCount == 0 }
        try shadow.query(Statements.enableSubscription(false))
        try waitForIdleSlots()
    }

    /// The subscription creates no tables.
    private var schemaCopy: String {
        let tools = servers.source.programs
        let (from, to) = (
            servers.source.connectionString(database: Self.source).conninfo,
            servers.shadow.connectionString(database: Self.theirs).conninfo
        )
        return """
            "\(tools.path("pg_dump"))" -Fc --schema-only --no-publications -d "\(from)" \
            | "\(tools.path("pg_restore"))" -d "\(to)"
            """
    }

    /// A round's transactions, unless they are committed already.
    func commit(_ transactions: Int, accounts: Int, round: Int) throws(PostgresError) {
        guard committed < round else { return }
        committed = round
        let connection = try servers.source.connect(database: Self.source)
        try connection.query(Statements.commitWithoutWaiting)
        try connection.query(Statements.smallTransactions(transactions, accounts: accounts))
        try connection.query(Statements.setRound(round))
    }

    /// From the engine's start until the round's row has arrived.
    func drainOurs(round: Int) throws(PostgresError) -> Double {
        try servers.checkpoint()
        var engine: ChildProcess?
        let time = try seconds { () throws(PostgresError) in
            let started = try start()
            engine = started
            try wait(forMark: round, in: Self.ours, started)
        }
        if let engine { try stop(engine) }
        return time
    }

    func drainTheirs(round: Int) throws(PostgresError) -> Double {
        try servers.checkpoint()
        let shadow = try servers.shadow.connect(database: Self.theirs)
        let time = try seconds { () throws(PostgresError) in
            try shadow.query(Statements.enableSubscription(true))
            try wait(forMark: round, in: Self.theirs, nil)
        }
        try shadow.query(Statements.enableSubscription(false))
        try waitForIdleSlots()
        return time
    }

    // MARK: The engine

    private func start() throws(PostgresError) -> ChildProcess {
        let call = program.engine(
            servers, from: Self.source, to: Self.ours, [])
        do throws(SystemFailure) { return try call.start() } catch { throw call.notStarted(error) }
    }

    private func stop(_ engine: ChildProcess) throws(PostgresError) {
        engine.send(signal: SIGTERM)
        let status = engine.wait()
        guard status == .success else { throw ProgramCall(program.path).failed(status, "") }
        try waitForIdleSlots()
    }

    // MARK: Waiting

    private func wait(forMark round: Int, in database: String, _ engine: ChildProcess?) throws(PostgresError) {
        var connection: Connection?
        try wait { () throws(PostgresError) in
            if let status = engine?.statusIfEnded() { throw ProgramCall(program.path).failed(status, "") }
            let open = if let connection { connection } else { try servers.shadow.connect(database: database) }
            connection = open
            do throws(PostgresError) {
                return try open.query(Statements.hasRound(round)).rowCount == 1
            } catch {
                // The engine has yet to create the table.
                guard error.sqlState == .undefinedTable else { throw error }
                return false
            }
        }
    }

    private func waitForIdleSlots() throws(PostgresError) {
        let source = try servers.source.connect()
        try wait { () throws(PostgresError) in try source.query(Statements.activeSlots).rowCount == 0 }
    }

    /// Asks each 5 ms, for as long as an hour.
    private func wait(until isSo: () throws(PostgresError) -> Bool) throws(PostgresError) {
        let deadline = ContinuousClock.now + .seconds(3600)
        while try !isSo() {
            guard ContinuousClock.now < deadline else {
                throw PostgresError(
                    "waited an hour in vain", hint: "The servers' logs are in \(servers.shadow.folder).")
            }
            _ = Wait.poll([], interrupt: nil, milliseconds: 5)
        }
    }
}

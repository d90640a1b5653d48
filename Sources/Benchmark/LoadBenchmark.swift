import ArgumentParser
import Glibc
import Libpq
import LocalCluster
import Postgres
import Processes

/// The loss of a source under load while it is copied: pgbench's time for the same transactions, during a copy and
/// alone.
struct LoadBenchmark: BenchmarkCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "pgbench on the source during a copy, plain and adaptive, beside pgbench alone")

    @OptionGroup var common: CommonOptions

    @Option(help: "pgbench's scale of what is copied: 100,000 rows, 15 MB each.")
    var scale = 100

    @Option(help: "Sessions of the load.")
    var clients = 8

    @Option(name: .customLong("seconds"), help: "How long the load takes alone.")
    var length = 15

    @Option(help: "Tables copied at a time.")
    var jobs = 2

    /// Beside the database that is copied, on the same server.
    private static let loaded = "load"
    private static let copied = "bench"

    func measure() throws(PostgresError) -> Report {
        let program = try OurProgram(common.program)
        let servers = try ServerPair(fsync: common.fsync)
        for (database, scale) in [(Self.copied, scale), (Self.loaded, 10)] {
            try servers.source.createDatabase(database)
            report("filling database \(database): pgbench scale \(scale)")
            try pgbench(servers, database, ["-i", "-q", "-s", String(scale)]).runSuccessfully()
        }
        // The first run warms the server; the second shows how many transactions are worth so many seconds.
        let sample = 2000 * clients
        _ = try load(servers, transactions: sample)
        let pace = Double(sample) / (try load(servers, transactions: sample))
        let transactions = max(clients, Int(pace) * length)

        let kinds: [(name: String, options: [String])] = [
            ("during a copy", []),
            (
                "during an adaptive copy",
                [
                    "--rate_limiter.enabled=true", "--rate_limiter.max_bytes_per_second=0",
                    "--rate_limiter.adaptive=true",
                ]
            ),
        ]
        var comparisons: [Comparison] = []
        for kind in kinds {
            comparisons.append(
                try Comparison(
                    kind.name, peer: "alone", rounds: common.rounds,
                    ours: { round throws(PostgresError) in
                        try loadDuringCopy(servers, program, kind.options, transactions: transactions)
                    },
                    theirs: { round throws(PostgresError) in try load(servers, transactions: transactions) }))
        }
        return Report(
            title:
                "\(transactions) transactions of \(clients) sessions; copied: pgbench scale \(scale), \(jobs) jobs; fsync \(common.fsync ? "on" : "off"), \(try servers.versions). peer / ours: the throughput that is left",
            comparisons: comparisons)
    }

    private func pgbench(_ servers: ServerPair, _ database: String, _ options: [String]) -> ProgramCall {
        var call = ProgramCall(
            servers.source.programs.path("pgbench"),
            options + [servers.source.connectionString(database: database).conninfo])
        call.output = .null
        return call
    }

    /// How many seconds the transactions take.
    ///
    /// - Parameter meanwhile: called when they have gone on for two seconds.
    private func load(
        _ servers: ServerPair, transactions: Int, meanwhile: () throws(PostgresError) -> Void = {}
    ) throws(PostgresError) -> Double {
        try servers.checkpoint()
        let call = pgbench(
            servers, Self.loaded, ["-n", "-c", String(clients), "-j", "2", "-t", String(transactions / clients)])
        return try seconds { () throws(PostgresError) in
            let process = try Self.start(call)
            _ = Wait.poll([], interrupt: nil, milliseconds: 2000)
            do throws(PostgresError) {
                try meanwhile()
            } catch {
                process.send(signal: SIGKILL)
                process.wait()
                throw error
            }
            let status = process.wait()
            guard status == .success else { throw call.failed(status, "") }
        }
    }

    /// The load's seconds while an engine copies, which begins when the load is at full speed; it must be over before the
    /// copy is.
    private func loadDuringCopy(
        _ servers: ServerPair, _ program: OurProgram, _ options: [String], transactions: Int
    ) throws(PostgresError) -> Double {
        let database = "copy"
        try servers.shadow.run(Statements.dropDatabase(database))
        try servers.shadow.createDatabase(database)
        let call = program.engine(
            servers, from: Self.copied, to: database,
            ["--backfill.mode=snapshot", "--backfill.jobs=\(jobs)"] + options)
        var engine: ChildProcess?
        let time: Double
        do throws(PostgresError) {
            time = try load(servers, transactions: transactions) { () throws(PostgresError) in
                engine = try Self.start(call)
            }
        } catch {
            engine?.send(signal: SIGKILL)
            engine?.wait()
            throw error
        }
        let isOver = engine?.statusIfEnded() != nil
        let bytes = try servers.shadow.connect(database: database).query(Statements.copiedBytes)[0, 0] ?? "0"
        report("\(time) s, \(bytes) bytes copied meanwhile\(isOver ? "; the copy was over first: raise --scale" : "")")
        if !isOver {
            engine?.send(signal: SIGTERM)
            engine?.wait()
        }
        return time
    }

    private static func start(_ call: ProgramCall) throws(PostgresError) -> ChildProcess {
        do throws(SystemFailure) { return try call.start() } catch { throw call.notStarted(error) }
    }
}

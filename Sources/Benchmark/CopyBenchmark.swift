import ArgumentParser
import Libpq
import LocalCluster
import Postgres
import Processes

/// The initial copy, schema and keys included, beside pg_dump and pg_restore.
struct CopyBenchmark: BenchmarkCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "the initial copy with its keys, beside pg_dump -Fd and pg_restore")

    @OptionGroup var common: CommonOptions

    @Option(help: "pgbench's scale: 100,000 rows, 15 MB each.")
    var scale = 50

    @Option(help: "Tables copied, and indexes built, at a time.")
    var jobs = 2

    private static let tables = ["pgbench_accounts", "pgbench_branches", "pgbench_history", "pgbench_tellers"]

    func measure() throws(PostgresError) -> Report {
        let program = try OurProgram(common.program)
        let servers = try ServerPair(fsync: common.fsync)
        try servers.source.createDatabase("bench")
        report("filling the source: pgbench scale \(scale)")
        let connection = servers.source.connectionString(database: "bench").conninfo
        try ProgramCall(
            servers.source.programs.path("pgbench"), ["-i", "-q", "-s", String(scale), connection]
        ).runSuccessfully()

        let comparison = try Comparison(
            "copy", peer: "pg_dump | pg_restore", rounds: common.rounds,
            ours: { round throws(PostgresError) in
                try copy(servers, "ours", round) { database throws(PostgresError) in
                    try program.engine(
                        servers, from: "bench", to: database,
                        ["--backfill.mode=snapshot", "--backfill.jobs=\(jobs)", "--backfill.index_jobs=\(jobs)"]
                    ).runSuccessfully()
                }
            },
            theirs: { round throws(PostgresError) in
                try copy(servers, "theirs", round) { database throws(PostgresError) in
                    try dumpAndRestore(servers, to: database)
                }
            })
        return Report(
            title:
                "pgbench scale \(scale), \(jobs) jobs, fsync \(common.fsync ? "on" : "off"), \(try servers.versions)",
            comparisons: [comparison])
    }

    /// One copy into a new database, which is compared and dropped.
    private func copy(
        _ servers: ServerPair, _ name: String, _ round: Int, _ work: (String) throws(PostgresError) -> Void
    ) throws(PostgresError) -> Double {
        let database = "\(name)_\(round)"
        try servers.shadow.run(Statements.createDatabase(database))
        try servers.checkpoint()
        let time = try seconds { () throws(PostgresError) in try work(database) }
        report("round \(round), \(name): \(time) s")
        try servers.compare(
            Self.tables, source: "bench", shadow: database, by: name == "ours" ? "the engine" : "pg_restore")
        try servers.shadow.run(Statements.dropDatabase(database))
        return time
    }

    private func dumpAndRestore(_ servers: ServerPair, to database: String) throws(PostgresError) {
        // The shadow's folder goes with its server.
        let folder = servers.shadow.folder + "/" + database
        let from = servers.source.connectionString(database: "bench").conninfo
        let to = servers.shadow.connectionString(database: database).conninfo
        try ProgramCall(
            servers.source.programs.path("pg_dump"), ["-Fd", "-j\(jobs)", "-f", folder, "-d", from]
        ).runSuccessfully()
        try ProgramCall(
            servers.source.programs.path("pg_restore"), ["-j\(jobs)", "-d", to, folder]
        ).runSuccessfully()
        try ProgramCall("rm", ["-rf", folder]).runSuccessfully()
    }
}

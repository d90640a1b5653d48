import ArgumentParser
import Libpq
import LocalCluster
import Postgres
import Processes

/// Catching up with what has been committed while nobody followed, beside PostgreSQL's own logical replication.
///
/// Both follow the same tables of one source into databases of one shadow, each with a slot of its own. A round commits
/// the transactions while both stand still, then lets one after the other drain them. A row that the last transaction
/// writes shows when all has arrived.
struct FollowBenchmark: BenchmarkCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "draining small transactions into the shadow, beside PostgreSQL's own subscription")

    @OptionGroup var common: CommonOptions

    @Option(help: "Transactions a round: an update by key and an insert each.")
    var transactions = 100_000

    @Option(help: "Rows of the table that is updated.")
    var rows = 2_000_000

    func measure() throws(PostgresError) -> Report {
        let program = try OurProgram(common.program)
        let servers = try ServerPair(fsync: common.fsync)
        let pair = FollowPair(servers: servers, program: program)
        report("filling the source: \(rows) rows")
        try pair.prepare(rows: rows)
        let comparison = try Comparison(
            "follow", peer: "subscription", rounds: common.rounds,
            ours: { round throws(PostgresError) in
                try pair.commit(transactions, accounts: rows, round: round)
                let time = try pair.drainOurs(round: round)
                report("round \(round), ours: \(time) s")
                return time
            },
            theirs: { round throws(PostgresError) in
                try pair.commit(transactions, accounts: rows, round: round)
                let time = try pair.drainTheirs(round: round)
                report("round \(round), theirs: \(time) s")
                return time
            })
        let names = FollowPair.self
        for (database, who) in [(names.ours, "the engine"), (names.theirs, "the subscription")] {
            try servers.compare(FollowPair.tables, source: names.source, shadow: database, by: who)
        }
        return Report(
            title:
                "\(transactions) transactions of an update and an insert, \(rows) rows, fsync \(common.fsync ? "on" : "off"), \(try servers.versions)",
            comparisons: [comparison])
    }
}

import Libpq
import LocalCluster
import Postgres
import Synchronization

/// Numbers that a seed decides (Vigna's SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Writers that change the source's tables at random until they are stopped: each on a thread and a connection of its own,
/// which it opens anew when the server has been away.
final class Workload: Sendable {
    struct Count: Sendable {
        var committed = 0
        var rolledBack = 0
    }

    private let cluster: LocalCluster
    private let database: String
    private let tables: [WorkloadTable]
    private let stopRequest: Interrupt
    private let workers = Mutex<[Worker]>([])
    private let failure = Mutex<PostgresError?>(nil)
    private let count = Mutex(Count())
    /// The number of commits at which `hasCome` fires.
    private let awaited = Mutex(Int.max)
    private let hasCome: Signal

    init(_ cluster: LocalCluster, database: String, tables: [WorkloadTable]) throws(PostgresError) {
        self.cluster = cluster
        self.database = database
        self.tables = tables
        stopRequest = try Interrupt()
        hasCome = try Signal()
    }

    /// Creates the tables with their first rows.
    func create() throws(PostgresError) {
        let session = try cluster.connect(database: database)
        try session.query(WorkloadTable.types)
        for table in tables {
            try session.query(table.create)
            try session.query(Self.fill(table.insert, from: 1, to: table.first, random: 1))
        }
    }

    func start(writers: Int, seed: UInt64) throws(PostgresError) {
        for writer in 0..<writers {
            let worker = try Worker("writer \(writer)") { [self] in
                var generator = SeededGenerator(seed: seed &+ UInt64(writer))
                write(&generator)
            }
            workers.withLock { $0.append(worker) }
        }
    }

    /// Waits until the writers have committed so many more transactions. Throws what a writer did not expect.
    func wait(commits: Int) throws(PostgresError) {
        hasCome.clear()
        count.withLock { count in awaited.withLock { $0 = count.committed + commits } }
        guard Wait.until(hasCome, milliseconds: 120_000) == .ready else {
            throw PostgresError("the writers have not committed \(commits) transactions within 120 s")
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Ends the writers. Throws what a writer did not expect.
    func stop() throws(PostgresError) -> Count {
        stopRequest.fire()
        guard workers.withLock({ $0 }).allSatisfy({ $0.join(milliseconds: 60_000) }) else {
            throw PostgresError("the writers did not end within 60 s")
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return count.withLock { $0 }
    }

    private func write(_ generator: inout SeededGenerator) {
        var session: Connection?
        while !stopRequest.isFired {
            do throws(PostgresError) {
                let open = if let session { session } else { try cluster.connect(database: database) }
                session = open
                let committed = try transaction(on: open, &generator)
                count.withLock { count in
                    count.committed += committed ? 1 : 0
                    count.rolledBack += committed ? 0 : 1
                    if count.committed >= awaited.withLock({ $0 }) { hasCome.fire() }
                }
            } catch {
                let isExpected = error.isSafeToRetry || error.origin == .connection
                // Two writers in each other's way: the server rolled one back.
                if isExpected || ["23", "40"].contains(error.sqlState.classCode) {
                    count.withLock { $0.rolledBack += 1 }
                    if isExpected { session = nil } else { _ = try? session?.query("ROLLBACK") }
                } else {
                    failure.withLock { $0 = error }
                    hasCome.fire()
                    return
                }
            }
            // A pace that an engine built for debugging can follow on two cores.
            _ = Wait.poll([], interrupt: stopRequest, milliseconds: Int.random(in: 0...25, using: &generator))
        }
    }

    /// True if it was committed.
    private func transaction(on session: Connection, _ generator: inout SeededGenerator) throws(PostgresError) -> Bool {
        if Int.random(in: 0..<150, using: &generator) == 0 {
            try session.query(WorkloadTable.truncations.randomElement(using: &generator) ?? "")
            return true
        }
        let isBig = Int.random(in: 0..<40, using: &generator) == 0
        if Int.random(in: 0..<3, using: &generator) == 0 {
            try session.query(statement(isBig: isBig, &generator))
            return true
        }
        try session.query("BEGIN")
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            try session.query(statement(isBig: isBig, &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0:
                try session.query("SAVEPOINT s")
                try session.query(statement(isBig: false, &generator))
                try session.query("ROLLBACK TO s")
            case 1:
                try session.query("SAVEPOINT s")
                try session.query(statement(isBig: false, &generator))
                try session.query("RELEASE s")
            default: break
            }
        }
        let commits = Int.random(in: 0..<10, using: &generator) > 0
        try session.query(commits ? "COMMIT" : "ROLLBACK")
        return commits
    }

    private func statement(isBig: Bool, _ generator: inout SeededGenerator) -> String {
        let table = tables.randomElement(using: &generator) ?? tables[0]
        let low = Int.random(in: 1...1500, using: &generator)
        let length = Int.random(in: 0...(isBig ? 400 : 6), using: &generator)
        let kind = Int.random(in: 0..<5, using: &generator)
        let text = kind < 2 ? table.insert : table.changes.randomElement(using: &generator) ?? table.insert
        return Self.fill(text, from: low, to: low + length, random: Int.random(in: 0..<1_000_000, using: &generator))
    }

    private static func fill(_ statement: String, from low: Int, to high: Int, random: Int) -> String {
        var text = ""
        for part in statement.split(separator: "{", omittingEmptySubsequences: false) {
            if part.hasPrefix("lo}") {
                text += "\(low)" + part.dropFirst(3)
            } else if part.hasPrefix("hi}") {
                text += "\(high)" + part.dropFirst(3)
            } else if part.hasPrefix("r}") {
                text += "\(random)" + part.dropFirst(2)
            } else {
                text += (part.startIndex == statement.startIndex ? "" : "{") + part
            }
        }
        return text
    }
}

import Job
import Libpq
import LocalCluster
import Postgres
import Subscriber
import Synchronization
import Testing
import Waiting

@testable import Commands

@Suite(.blocking) struct JobWarningsTests {
    private static let slot = "s"

    private func store(_ shadow: TestDatabase) throws -> JobStore {
        let store = JobStore(Shadow(try shadow.connect()), slot: Self.slot)
        try store.bringUpToDate()
        try store.insert(publication: "p", mode: .hybrid, systemIdentifier: "1", timeline: 1, database: "d")
        return store
    }

    /// The reported texts, in order. A poll may still be on its way when the one before it has reported something.
    private final class Reports: Sendable {
        private let texts = Mutex<[String]>([])
        private let warnings = JobWarnings(slot: slot, pause: .zero)

        /// The next text of repeated polls, as before each prompt.
        func next(_ shadow: ConnectionString) -> String? {
            waitUntil {
                warnings.poll(shadow) { [self] new in texts.withLock { $0.append(new) } }
                return texts.withLock { !$0.isEmpty }
            }
            return texts.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        }
    }

    @Test func eachWarningIsToldOnce() throws {
        let shadow = try SharedCluster.database(.shadow)
        let store = try store(shadow)
        try store.record(JobEvent(.log, "nothing of note"))
        try store.record(JobEvent(.warning, "the slot retains much", hint: "Read it."))
        let reports = Reports()
        #expect(
            reports.next(shadow.connectionString)
                == "WARNING:  the slot retains much\nHINT:  Read it.")
        try store.record(JobEvent(.error, "it is over"))
        #expect(reports.next(shadow.connectionString) == "WARNING:  the engine has ended: it is over")
    }

    @Test func ofManyTheLatestAreReports() throws {
        let shadow = try SharedCluster.database(.shadow)
        let store = try store(shadow)
        for number in 1...12 { try store.record(JobEvent(.warning, "number \(number)")) }
        let lines = Reports().next(shadow.connectionString)?.split(separator: "\n")
        #expect(lines?.count == 6)
        #expect(lines?.first == "WARNING:  7 older warnings of the job: \\backfill events")
        #expect(lines?.last == "WARNING:  number 12")
    }

    @Test func whatIsOverIsNotReports() throws {
        let shadow = try SharedCluster.database(.shadow)
        let store = try store(shadow)
        try store.record(JobEvent(.warning, "of a job that was forgotten"))
        try store.delete()
        try store.insert(publication: "p", mode: .hybrid, systemIdentifier: "1", timeline: 1, database: "d")
        try store.record(JobEvent(.error, "with what the engine before ended"))
        try store.setEngine(host: "here", pid: 1)
        try store.record(JobEvent(.warning, "of now"))
        #expect(Reports().next(shadow.connectionString) == "WARNING:  of now")
    }

    @Test func aShadowThatIsAwayIsSilent() throws {
        let warnings = JobWarnings(slot: Self.slot, pause: .zero)
        let nowhere = ConnectionString(["host": "/nonexistent", "dbname": "x"])
        for _ in 0..<100 { warnings.poll(nowhere) { Issue.record("reported: \($0)") } }
    }
}

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

    /// What is told, in order. A look may still be on its way when the one before it has told something.
    private final class Told: Sendable {
        private let texts = Mutex<[String]>([])
        private let warnings = JobWarnings(slot: slot, pause: .zero)

        /// The next text when the warnings are looked for again and again, as before each prompt.
        func next(_ shadow: ConnectionString) -> String? {
            waitUntil {
                warnings.look(at: shadow) { [self] new in texts.withLock { $0.append(new) } }
                return texts.withLock { !$0.isEmpty }
            }
            return texts.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        }
    }

    @Test func eachWarningIsToldOnce() throws {
        let shadow = try SharedCluster.database(.shadow)
        let store = try store(shadow)
        try store.record(JobEvent(.log, "nothing of note"))
        try store.record(JobEvent(.warning, "the slot holds back much", hint: "Look at it."))
        let told = Told()
        #expect(
            told.next(shadow.connectionString)
                == "WARNING:  the slot holds back much\nHINT:  Look at it.")
        try store.record(JobEvent(.error, "it is over"))
        #expect(told.next(shadow.connectionString) == "WARNING:  the engine has ended: it is over")
    }

    @Test func ofManyTheLatestAreTold() throws {
        let shadow = try SharedCluster.database(.shadow)
        let store = try store(shadow)
        for number in 1...12 { try store.record(JobEvent(.warning, "number \(number)")) }
        let lines = Told().next(shadow.connectionString)?.split(separator: "\n")
        #expect(lines?.count == 6)
        #expect(lines?.first == "WARNING:  7 older warnings of the job: \\backfill events")
        #expect(lines?.last == "WARNING:  number 12")
    }

    @Test func whatIsOverIsNotTold() throws {
        let shadow = try SharedCluster.database(.shadow)
        let store = try store(shadow)
        try store.record(JobEvent(.warning, "of a job that was forgotten"))
        try store.delete()
        try store.insert(publication: "p", mode: .hybrid, systemIdentifier: "1", timeline: 1, database: "d")
        try store.record(JobEvent(.error, "with what the engine before ended"))
        try store.setEngine(host: "here", pid: 1)
        try store.record(JobEvent(.warning, "of now"))
        #expect(Told().next(shadow.connectionString) == "WARNING:  of now")
    }

    @Test func aShadowThatIsAwayIsSilent() throws {
        let warnings = JobWarnings(slot: Self.slot, pause: .zero)
        let nowhere = ConnectionString(["host": "/nonexistent", "dbname": "x"])
        for _ in 0..<100 { warnings.look(at: nowhere) { Issue.record("told: \($0)") } }
    }
}

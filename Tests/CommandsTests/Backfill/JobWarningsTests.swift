import Job
import Libpq
import LocalCluster
import Postgres
import Subscriber
import Synchronization
import Testing

@testable import Commands

@Suite struct JobWarningsTests {
    private static let slot = "s"

    private func store(_ shadow: TestDatabase) throws -> JobStore {
        let store = JobStore(Shadow(try shadow.connect()), slot: Self.slot)
        try store.bringUpToDate()
        try store.insert(publication: "p", mode: .hybrid, systemIdentifier: "1", timeline: 1, database: "d")
        return store
    }

    /// What the warnings tell when they are looked for again and again, as before each prompt, until something is told.
    private func told(_ warnings: JobWarnings, _ shadow: ConnectionString) throws -> String? {
        let arrived = try Interrupt()
        let text = Mutex<String?>(nil)
        for _ in 0..<300 {
            warnings.look(at: shadow) { new in
                text.withLock { $0 = new }
                arrived.fire()
            }
            if Wait.poll([], interrupt: arrived, milliseconds: 100) == .interrupted { break }
        }
        return text.withLock { $0 }
    }

    @Test func eachWarningIsToldOnce() throws {
        let shadow = try SharedCluster.database(.shadow)
        let store = try store(shadow)
        try store.record(JobEvent(.log, "nothing of note"))
        try store.record(JobEvent(.warning, "the slot holds back much", hint: "Look at it."))
        let warnings = JobWarnings(slot: Self.slot)
        #expect(
            try told(warnings, shadow.connectionString)
                == "WARNING:  the slot holds back much\nHINT:  Look at it.")
        try store.record(JobEvent(.error, "it is over"))
        #expect(try told(warnings, shadow.connectionString) == "WARNING:  the engine has ended: it is over")
    }

    @Test func ofManyTheLatestAreTold() throws {
        let shadow = try SharedCluster.database(.shadow)
        let store = try store(shadow)
        for number in 1...12 { try store.record(JobEvent(.warning, "number \(number)")) }
        let lines = try told(JobWarnings(slot: Self.slot), shadow.connectionString)?.split(separator: "\n")
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
        #expect(try told(JobWarnings(slot: Self.slot), shadow.connectionString) == "WARNING:  of now")
    }

    @Test func aShadowThatIsAwayIsSilent() throws {
        let warnings = JobWarnings(slot: Self.slot)
        let nowhere = ConnectionString(["host": "/nonexistent", "dbname": "x"])
        for _ in 0..<100 { warnings.look(at: nowhere) { Issue.record("told: \($0)") } }
    }
}

import Glibc
import Libpq
import Postgres
import Testing

@Suite struct WorkerTests {
    @Test func theWorksValueOrErrorComesBack() async throws {
        #expect(try await onThread("value") { _ in 42 } == 42)
        let error = await #expect(throws: PostgresError.self) {
            try await onThread("error") { _ throws(PostgresError) -> Int in throw PostgresError("no") }
        }
        #expect(error?.message == "no")
    }

    @Test func aCancelledTaskFiresTheInterrupt() async throws {
        let task = Task {
            try await onThread("waits") { interrupt throws(PostgresError) in
                #expect(Wait.poll([], interrupt: interrupt, milliseconds: nil) == .interrupted)
                try interrupt.check()
            }
        }
        // Before the thread begins or after: it learns of it.
        task.cancel()
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.origin == .interrupted)
    }

    @Test func moreThreadsThanProcessorsWaitAtOnce() async throws {
        let promises = try (0..<32).map { _ in try Promise<Int>() }
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in promises.indices {
                group.addTask {
                    // Each waits for its neighbour: none ends unless all run.
                    try await onThread("worker \(number)") { _ in
                        promises[number].fulfil(number)
                        _ = try? promises[(number + 1) % promises.count].get()
                        return number
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 31 * 32 / 2)
    }
}

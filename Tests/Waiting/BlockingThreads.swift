import Dispatch
import Libpq
import Synchronization

/// Threads for tests that block them: so many wait at once, and as many servers run as these start.
final class BlockingThreads: TaskExecutor {
    /// Of the private servers each takes some 100 MB of memory, and a test has two.
    private static let count = 8

    static let shared = BlockingThreads()

    /// The latest goes first, so that a test that has begun goes on before another begins, and its duration is its own.
    private let jobs = Mutex<[UnownedJob]>([])
    private let waiting = DispatchSemaphore(value: 0)

    private init() {
        for number in 1...Self.count {
            do {
                _ = try Worker("test \(number)") { [self] in run() }
            } catch {
                fatalError("\(error)")
            }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        waiting.signal()
    }

    private func run() {
        while true {
            waiting.wait()
            let job = jobs.withLock { $0.removeLast() }
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

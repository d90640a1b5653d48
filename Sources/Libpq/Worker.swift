internal import CLibpq
import Glibc
public import Postgres

/// A thread of its own for work that blocks, from its start to its end. libpq's waits would hold one of the few threads that
/// tasks share.
public final class Worker: Sendable {
    private let ended: Signal

    /// Starts the thread. Whoever wants it to end before it does so by itself gives its work an interrupt.
    ///
    /// Throws 53000 where the system refuses a thread.
    /// - Parameter name: of the thread, as tools show it; 15 bytes of it.
    public init(_ name: String, _ work: @escaping @Sendable () -> Void) throws(PostgresError) {
        let ended = try Signal()
        self.ended = ended
        let body = ThreadBody {
            _ = unsafe scry_name_thread(name)
            work()
            ended.fire()
        }
        let box = unsafe Unmanaged.passRetained(body)
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer = unsafe pointer else { return nil }
                unsafe Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        guard status == 0 else {
            unsafe box.release()
            throw PostgresError(
                "could not start a thread", hint: "Raise the limit on processes (ulimit -u).",
                sqlState: .insufficientResources)
        }
        pthread_detach(thread)
    }

    public var hasEnded: Bool { ended.isFired }
    /// Readable once the work has ended.
    public var endDescriptor: Int32 { ended.readDescriptor }

    /// Waits until the work has ended.
    public func join() { Wait.until(ended) }

    /// Waits so long at most; false where the work goes on.
    public func join(milliseconds: Int) -> Bool { Wait.until(ended, milliseconds: milliseconds) == .ready }
}

/// The closure of a thread on its way through pthread_create's pointer.
private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs blocking work on a thread of its own and awaits it. Cancelling the task fires the interrupt that the work is given.
///
/// Throws what the work throws.
public func onThread<Value: Sendable>(
    _ name: String, _ work: @escaping @Sendable (Interrupt) throws(PostgresError) -> Value
) async throws(PostgresError) -> Value {
    let interrupt = try Interrupt()
    let result: Result<Value, PostgresError> = await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
            do throws(PostgresError) {
                _ = try Worker(name) {
                    do throws(PostgresError) {
                        continuation.resume(returning: .success(try work(interrupt)))
                    } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
    } onCancel: {
        interrupt.fire()
    }
    return try result.get()
}

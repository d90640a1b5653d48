internal import CLibpq
import Glibc
public import Postgres

/// Runs blocking work on a thread of its own and awaits it, so that libpq's waits never hold one of the cooperative
/// pool's threads. Cancelling the task fires the interrupt that the work is given.
///
/// Throws what the work throws.
public func onThread<Value: Sendable>(
    _ name: String, _ work: @escaping @Sendable (Interrupt) throws(PostgresError) -> Value
) async throws(PostgresError) -> Value {
    let interrupt = try Interrupt()
    let result: Swift.Result<Value, PostgresError> = await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
            let started = startThread(name) {
                do throws(PostgresError) {
                    continuation.resume(returning: .success(try work(interrupt)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
            if !started {
                continuation.resume(
                    returning: .failure(
                        PostgresError(
                            "could not start a thread", hint: "Raise the limit on processes (ulimit -u).",
                            sqlState: SQLState("53000"))))
            }
        }
    } onCancel: {
        interrupt.fire()
    }
    return try result.get()
}

/// The closure of a thread on its way through pthread_create's pointer.
private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Starts a detached thread; false where the system refuses one.
public func startThread(_ name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
    let box = unsafe Unmanaged.passRetained(
        ThreadBody {
            _ = unsafe scry_name_thread(name)
            body()
        })
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
        return false
    }
    pthread_detach(thread)
    return true
}

public import Postgres

/// A request to stop waiting, which any thread or a signal handler may make: a signal that every wait polls beside its
/// sockets. It stays fired until `clear()`.
public struct Interrupt: Sendable {
    private let signal: Signal

    /// Throws 53000 where the process has no file descriptors left.
    public init() throws(PostgresError) { signal = try Signal() }

    /// Readable while fired.
    public var readDescriptor: Int32 { signal.readDescriptor }
    /// For a signal handler: writing one byte here fires (write(2) is async-signal-safe).
    public var writeDescriptor: Int32 { signal.writeDescriptor }

    public func fire() { signal.fire() }
    public var isFired: Bool { signal.isFired }
    public func clear() { signal.clear() }

    /// The error that an interrupted wait throws.
    public static var error: PostgresError {
        PostgresError("interrupted", sqlState: .queryCanceled, origin: .interrupted)
    }

    /// Throws if fired; for loops that do not wait.
    public func check() throws(PostgresError) {
        if isFired { throw Self.error }
    }
}

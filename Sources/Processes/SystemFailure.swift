import Glibc
public import Postgres

/// The error that a system call left in errno, or returned in its place.
public struct SystemFailure: Error, Hashable, Sendable {
    public let code: Int32

    public init(_ code: Int32) { self.code = code }
    /// Of the system call that has just failed.
    public init() { code = errno }

    /// The system's words for it.
    public var description: String { unsafe String(cString: strerror(code)) }
}

extension PostgresError {
    /// A failed system call, with errno's text.
    public static func system(
        _ message: String, hint: String = "See that the temporary folder is writable and has free space, or set TMPDIR."
    ) -> PostgresError {
        PostgresError("\(message): \(SystemFailure().description)", hint: hint, sqlState: .ioError)
    }
}

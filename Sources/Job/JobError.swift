public import Postgres

/// An error as the job keeps it, in a form that can be written down and shown by another process.
public struct JobError: Codable, Sendable, Hashable {
    public let message: String
    @OrNull public private(set) var detail: String?
    @OrNull public private(set) var hint: String?
    public let sqlstate: String
    /// ISO 8601, UTC.
    public let at: String

    public init(_ error: PostgresError, at moment: String) {
        message = error.context.map { "\(error.message) (\($0))" } ?? error.message
        detail = error.detail
        hint = error.hint
        sqlstate = error.sqlState.code
        at = moment
    }

    /// As an error to throw.
    public var error: PostgresError { PostgresError(message, detail: detail, hint: hint, sqlState: SQLState(sqlstate)) }
}

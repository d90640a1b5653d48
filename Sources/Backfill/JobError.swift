internal import Foundation
public import Postgres

/// An error as the job keeps it: the last one that stopped the engine.
public struct JobError: Codable, Sendable, Hashable {
    public let message: String
    @OrNull public private(set) var detail: String?
    @OrNull public private(set) var hint: String?
    public let sqlstate: String
    /// ISO 8601, UTC.
    public let at: String

    init(_ error: PostgresError) {
        message = error.context.map { "\(error.message) (\($0))" } ?? error.message
        detail = error.detail
        hint = error.hint
        sqlstate = error.sqlState.code
        at = Date.now.formatted(.iso8601)
    }

    var json: String? { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } }

    init?(json: String) {
        guard let error = try? JSONDecoder().decode(JobError.self, from: Data(json.utf8)) else { return nil }
        self = error
    }

    /// As an error to throw.
    public var error: PostgresError { PostgresError(message, detail: detail, hint: hint, sqlState: SQLState(sqlstate)) }
}

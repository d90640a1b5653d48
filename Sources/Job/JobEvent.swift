/// Something that happened to a job, for people: it is logged, and kept in the shadow.
public struct JobEvent: Sendable, Hashable {
    /// As PostgreSQL names it in its log.
    public enum Severity: String, Sendable, Codable {
        case log = "LOG"
        case warning = "WARNING"
        /// The engine has ended, or a table cannot be copied.
        case error = "ERROR"
    }

    public let severity: Severity
    /// Lower case, no full stop.
    public let message: String
    /// A sentence that says what to do.
    public let hint: String?

    public init(_ severity: Severity, _ message: String, hint: String? = nil) {
        self.severity = severity
        self.message = message
        self.hint = hint
    }
}

/// An event as the job keeps it.
public struct RecordedEvent: Encodable, Sendable, Hashable {
    /// Grows with each event.
    public let number: Int
    /// ISO 8601, UTC.
    public let at: String
    public let event: JobEvent

    public init(number: Int, at moment: String, _ event: JobEvent) {
        self.number = number
        at = moment
        self.event = event
    }

    public var severity: JobEvent.Severity { event.severity }
    public var message: String { event.message }
    public var hint: String? { event.hint }

    private enum CodingKeys: String, CodingKey { case at, severity, message, hint }

    /// The number is no part of the document.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at, forKey: .at)
        try container.encode(severity, forKey: .severity)
        try container.encode(message, forKey: .message)
        try container.encodeIfPresent(hint, forKey: .hint)
    }
}

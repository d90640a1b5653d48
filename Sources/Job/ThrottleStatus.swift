/// The signs by which the source shows that it suffers from the copy.
public enum ThrottleCause: String, Sendable, Hashable, Codable, CaseIterable {
    /// More sessions are at work.
    case sessions
    /// A transaction takes longer.
    case transactionTime = "transaction_time"
    /// A standby lags.
    case replicaLag = "replica_lag"
    /// Checkpoints come before their time.
    case checkpoints
    /// Sessions must write pages themselves.
    case backendWrites = "backend_writes"
}

/// How the throttle stands: `throttle` in `\backfill status --json`.
public struct ThrottleStatus: Hashable, Sendable, Codable {
    public var settings: ThrottleSettings
    /// The share that the adaptive throttle leaves of the limits, or of the speed that the copy reached without a
    /// limit: above 0, up to 1.
    public var share: Double
    /// The limits in force now; nil: none.
    public var currentRowsPerSecond: Int?
    /// The limits in force now; nil: none.
    public var currentBytesPerSecond: Int?
    /// Why the copy gives way; nil while it does not.
    public var reason: String?
    /// The same for a program: the sign that the reason's figures describe.
    public var causes: [ThrottleCause]
    /// The figures that the adaptive throttle cannot see with the role's privileges.
    public var notVisible: [String]

    private enum CodingKeys: String, CodingKey {
        case share, reason, causes
        case currentRowsPerSecond = "current_rows_per_second"
        case currentBytesPerSecond = "current_bytes_per_second"
        case notVisible = "not_visible"
    }

    public init(
        settings: ThrottleSettings, share: Double = 1, currentRowsPerSecond: Int? = nil,
        currentBytesPerSecond: Int? = nil, reason: String? = nil, causes: [ThrottleCause] = [],
        notVisible: [String] = []
    ) {
        self.settings = settings
        self.share = share
        self.currentRowsPerSecond = currentRowsPerSecond
        self.currentBytesPerSecond = currentBytesPerSecond
        self.reason = reason
        self.causes = causes
        self.notVisible = notVisible
    }

    /// The settings' keys stand beside the status's own.
    public init(from decoder: any Decoder) throws {
        settings = try ThrottleSettings(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        share = try container.decode(Double.self, forKey: .share)
        currentRowsPerSecond = try container.decodeIfPresent(Int.self, forKey: .currentRowsPerSecond)
        currentBytesPerSecond = try container.decodeIfPresent(Int.self, forKey: .currentBytesPerSecond)
        reason = try container.decodeIfPresent(String.self, forKey: .reason)
        // An engine of another release may know other causes, or none.
        causes = (try container.decodeIfPresent([String].self, forKey: .causes) ?? []).compactMap {
            ThrottleCause(rawValue: $0)
        }
        notVisible = try container.decode([String].self, forKey: .notVisible)
    }

    /// Null is written too: every document has the same keys.
    public func encode(to encoder: any Encoder) throws {
        try settings.encodeAll(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(share, forKey: .share)
        try container.encode(currentRowsPerSecond, forKey: .currentRowsPerSecond)
        try container.encode(currentBytesPerSecond, forKey: .currentBytesPerSecond)
        try container.encode(reason, forKey: .reason)
        try container.encode(causes, forKey: .causes)
        try container.encode(notVisible, forKey: .notVisible)
    }
}

internal import Postgres

/// How fast the copy may read the source. What follows the copy, the stream, is not limited: the server has to write and
/// decode the log in any case, and a stream that is held up makes it keep more of it.
public struct ThrottleSettings: Hashable, Sendable, Codable, CustomStringConvertible {
    /// False: the copy is not limited, whatever the rest says.
    public var isEnabled: Bool
    /// Nil: no limit in rows.
    public var rowsPerSecond: Int?
    /// Nil: no limit in bytes.
    public var bytesPerSecond: Int?
    /// How many times the rate any one second may take, from 1.
    public var burst: Double
    /// Gives way while the source suffers.
    public var isAdaptive: Bool

    public init(
        isEnabled: Bool = false, rowsPerSecond: Int? = nil, bytesPerSecond: Int? = nil, burst: Double = 2,
        isAdaptive: Bool = false
    ) {
        self.isEnabled = isEnabled
        self.rowsPerSecond = rowsPerSecond
        self.bytesPerSecond = bytesPerSecond
        self.burst = burst
        self.isAdaptive = isAdaptive
    }

    public static let off = ThrottleSettings()

    /// For people: `1000 rows/s, 20 MB/s, burst 2.0, adaptive`.
    public var description: String {
        guard isEnabled else { return "off" }
        var parts: [String] = []
        if let rowsPerSecond { parts.append("\(rowsPerSecond) rows/s") }
        if let bytesPerSecond { parts.append("\(byteText(bytesPerSecond))/s") }
        if !parts.isEmpty { parts.append("burst \(burst)") }
        if isAdaptive { parts.append("adaptive") }
        return parts.isEmpty ? "no limit" : parts.joined(separator: ", ")
    }

    private enum CodingKeys: String, CodingKey {
        case isEnabled = "enabled"
        case rowsPerSecond = "rows_per_second"
        case bytesPerSecond = "bytes_per_second"
        case burst = "burst_multiplier"
        case isAdaptive = "adaptive"
    }
}

/// How the throttle stands: `throttle` in `\backfill status --json`.
public struct ThrottleStatus: Hashable, Sendable, Codable {
    public var settings: ThrottleSettings
    /// What the adaptive throttle leaves of the limits, or of what the copy reached without a limit: above 0, up to 1.
    public var share: Double
    /// The limits in force now; nil: none.
    public var currentRowsPerSecond: Int?
    /// The limits in force now; nil: none.
    public var currentBytesPerSecond: Int?
    /// Why the copy gives way; nil while it does not.
    public var reason: String?
    /// The same for a program: what the reason's figures are of.
    public var causes: [ThrottleCause]
    /// What the adaptive throttle can't see with the role's privileges.
    public var notVisible: [String]

    private enum CodingKeys: String, CodingKey {
        case share, reason, causes
        case currentRowsPerSecond = "current_rows_per_second"
        case currentBytesPerSecond = "current_bytes_per_second"
        case notVisible = "not_visible"
    }

    init(
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

extension ThrottleSettings {
    fileprivate func encodeAll(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isEnabled, forKey: .isEnabled)
        try container.encode(rowsPerSecond, forKey: .rowsPerSecond)
        try container.encode(bytesPerSecond, forKey: .bytesPerSecond)
        try container.encode(burst, forKey: .burst)
        try container.encode(isAdaptive, forKey: .isAdaptive)
    }
}

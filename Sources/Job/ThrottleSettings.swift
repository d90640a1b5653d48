internal import Postgres

/// How fast the copy may read the source. The stream, which follows the copy, is not limited: the server has to write
/// and decode the WAL in any case, and a slower stream makes it keep more WAL.
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

extension ThrottleSettings {
    /// With every key, also of what is nil.
    func encodeAll(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isEnabled, forKey: .isEnabled)
        try container.encode(rowsPerSecond, forKey: .rowsPerSecond)
        try container.encode(bytesPerSecond, forKey: .bytesPerSecond)
        try container.encode(burst, forKey: .burst)
        try container.encode(isAdaptive, forKey: .isAdaptive)
    }
}

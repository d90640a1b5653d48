/// When the WAL that the job's slot retains on the source becomes a danger, and what is done then.
public struct WALMonitorSettings: Hashable, Sendable {
    /// The action at the critical threshold.
    public enum CriticalAction: String, Sendable, CaseIterable {
        case warn
        /// The engine stops; the slot stays, and goes on retaining WAL.
        case stop
        /// The slot is dropped, which frees the WAL; the tables must be copied again.
        case dropSlot = "drop_slot"
    }

    public var isEnabled: Bool
    /// Seconds between two samples.
    public var interval: Int
    /// In bytes.
    public var warning: Int
    /// In bytes.
    public var critical: Int
    public var onCritical: CriticalAction

    public init(
        isEnabled: Bool = true, interval: Int = 30, warning: Int = 1 << 30, critical: Int = 5 << 30,
        onCritical: CriticalAction = .warn
    ) {
        self.isEnabled = isEnabled
        self.interval = interval
        self.warning = warning
        self.critical = critical
        self.onCritical = onCritical
    }
}

/// Where the WAL that a slot retains stands between the thresholds.
public enum WALLevel: String, Sendable, Comparable, Codable, CaseIterable {
    case normal, warning, critical

    /// The level of so many bytes.
    public init(_ bytes: Int, _ settings: WALMonitorSettings) {
        self = bytes >= settings.critical ? .critical : bytes >= settings.warning ? .warning : .normal
    }

    private var rank: Int {
        switch self {
        case .normal: 0
        case .warning: 1
        case .critical: 2
        }
    }

    public static func < (left: WALLevel, right: WALLevel) -> Bool { left.rank < right.rank }
}

public import Postgres

/// The state of the source's slots at one moment, as the engine sees it.
public struct WALSample: Sendable, Hashable {
    /// Seconds since 1970 by the source's clock.
    public var taken: Double
    public var position: LSN
    /// The WAL monitor's.
    public var level: WALLevel
    /// Of the job's slot; nil before 13.
    public var walStatus: String?
    /// Of the job's slot, in bytes; nil before 13 and without a limit.
    public var safeWALSize: Int?
    /// The bytes that each slot of the source retains, by its name.
    public var retained: [String: Int]

    public init(
        taken: Double, position: LSN, level: WALLevel, walStatus: String?, safeWALSize: Int?, retained: [String: Int]
    ) {
        self.taken = taken
        self.position = position
        self.level = level
        self.walStatus = walStatus
        self.safeWALSize = safeWALSize
        self.retained = retained
    }
}

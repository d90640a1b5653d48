/// What the source suffers from while it is copied, by what shows it.
public enum ThrottleCause: String, Sendable, Hashable, Codable, CaseIterable {
    /// More sessions are at work.
    case sessions
    /// A transaction takes longer.
    case transactionTime = "transaction_time"
    /// A standby falls behind.
    case replicaLag = "replica_lag"
    /// Checkpoints come before their time.
    case checkpoints
    /// Sessions must write pages themselves.
    case backendWrites = "backend_writes"
}

/// Why the copy gives way: the cause, and the figures for people.
struct ThrottleReason: Sendable, Hashable {
    let cause: ThrottleCause
    let text: String
}

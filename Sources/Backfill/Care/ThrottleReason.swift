internal import Job

/// Why the copy gives way: the cause, and the figures for people.
struct ThrottleReason: Sendable, Hashable {
    let cause: ThrottleCause
    let text: String
}

internal import Postgres

/// The outcome of copying tables.
struct CopyOutcome {
    /// Could not be copied; the others went on.
    var failed: [QualifiedName: PostgresError] = [:]
    /// The snapshot does not show all of their rows any more: they stay as they are, for another copy.
    var rewritten: [QualifiedName] = []
}

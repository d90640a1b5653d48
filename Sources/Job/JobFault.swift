public import Postgres

/// Every error of a job, worded once: what has gone wrong, and what to do about it.
public enum JobFault {
    /// The remedy for changes that are lost.
    static let copyAnew =
        "The tables must be copied again: \\backfill resync --all, then \\backfill start, which makes a new slot."

    // MARK: The job

    /// - Parameter purpose: what it is wanted for: `to wait for`.
    public static func noJob(_ purpose: String? = nil, hint: String = "Start one with \\backfill start.")
        -> PostgresError
    {
        PostgresError(
            purpose.map { "there is no job \($0)" } ?? "there is no job", hint: hint, sqlState: .undefinedObject)
    }

    public static func removedWhileRunning() -> PostgresError {
        PostgresError(
            "the job has been removed from the shadow while its engine ran",
            hint: "Start it again with \\backfill start.")
    }

    /// A job is of one source, whatever name that goes by.
    public static func otherSource(_ job: JobRecord, database: String, systemIdentifier: String) -> PostgresError {
        PostgresError(
            "the job of slot \"\(job.slot)\" follows another source",
            detail:
                "It follows database \(job.database) of system \(job.systemIdentifier); this is \(database) of \(systemIdentifier).",
            hint: "Connect to that source, or give this job another slot name, or run \\backfill reset.")
    }

    public static func otherPublication(_ job: JobRecord) -> PostgresError {
        PostgresError(
            "the job of slot \"\(job.slot)\" follows publication \"\(job.publication)\"",
            hint: "Set publication_name to it, or give this job another slot name, or run \\backfill reset.")
    }

    public static func unknownStart(_ job: JobRecord) -> PostgresError {
        PostgresError(
            "the job of slot \"\(job.slot)\" does not know where its stream begins",
            hint: "Run \\backfill reset and start anew.", sqlState: .dataCorrupted)
    }

    /// The state was written by a newer release.
    public static func newerState(_ version: Int, known: Int) -> PostgresError {
        PostgresError(
            "the job's state in the shadow is of version \(version), newer than this program knows (\(known))",
            hint: "Use the release that wrote it, or a newer one.", sqlState: .featureNotSupported)
    }

    /// The state was written by an older release, and no engine of this one has run since.
    public static func olderState(_ version: Int, known: Int) -> PostgresError {
        PostgresError(
            "the job's state in the shadow is of version \(version), older than this program's (\(known))",
            hint:
                "\\backfill start brings it up to date. An engine of the older release must be stopped first (SIGTERM).",
            sqlState: .featureNotSupported)
    }

    public static func olderStateInUse(by slots: [String]) -> PostgresError {
        PostgresError(
            "the state in the shadow cannot be brought up to date while engines of an older release run",
            detail: "They run the jobs of slots \(slots.map { "\"\($0)\"" }.joined(separator: ", ")).",
            hint: "Stop them (SIGTERM), then start this job again, and them with this release.")
    }

    /// The state holds a value that this release does not write.
    public static func unknownValue(_ value: String, of column: String) -> PostgresError {
        PostgresError(
            "unknown value \"\(value)\" in \(QualifiedName.stateSchema).\(column)",
            hint: "A newer release wrote it: use that release.", sqlState: .dataCorrupted)
    }

    // MARK: The engine

    public static func otherEngine(_ slot: String, job: JobRecord?) -> PostgresError {
        PostgresError(
            "another engine runs the job of slot \"\(slot)\"",
            detail: job?.engine.map { "It is pid \($0.pid) on \($0.host)." },
            hint: job?.lockPID.map {
                "Stop it with \\backfill stop. If its machine is gone: SELECT pg_terminate_backend(\($0)) in the shadow."
            } ?? "Stop it with \\backfill stop.", sqlState: .lockNotAvailable)
    }

    /// Passes by itself.
    public static func setUpByAnother() -> PostgresError {
        PostgresError("another engine has set up the job meanwhile", sqlState: .objectInUse)
    }

    /// Passes by itself.
    public static func leftovers(_ slot: String) -> PostgresError {
        PostgresError(
            "sessions of an earlier engine of slot \"\(slot)\" are still at work in the shadow",
            hint: "They end with their statement; pg_stat_activity shows them as \"scry-backfill …\".",
            sqlState: .objectInUse)
    }

    public static func engineIsRunning(_ slot: String) -> PostgresError {
        PostgresError(
            "the engine of slot \"\(slot)\" is running", hint: "Stop it first with \\backfill stop.",
            sqlState: .objectInUse)
    }

    public static func engineIsNotRunning() -> PostgresError {
        PostgresError("the engine is not running", hint: "Start it with \\backfill start.")
    }

    public static func engineHasNotStopped(seconds: Int) -> PostgresError {
        PostgresError(
            "the engine has not stopped within \(seconds) s",
            hint: "It finishes the transaction in hand first; \\backfill status shows how it goes.",
            sqlState: .lockNotAvailable)
    }

    /// A wait's time is over.
    public static func notYetReached(seconds: Int, detail: String? = nil) -> PostgresError {
        PostgresError(
            "the job has not come so far within \(seconds) s", detail: detail,
            hint: "\\backfill status shows how it goes.", sqlState: .queryCanceled)
    }

    public static func shadowIsLost() -> PostgresError {
        PostgresError("the connection to the shadow is lost", sqlState: .connectionFailure, origin: .connection)
    }
}

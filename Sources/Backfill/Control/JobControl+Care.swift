public import Postgres
internal import Subscriber

// The throttle and the warnings of a job, from any session that reaches the shadow.
extension JobControl {
    /// How the throttle stands: as the engine last said, and with what was asked for since. Nil where neither is known.
    public func throttle() throws(PostgresError) -> ThrottleStatus? {
        let kept = try store.throttle()
        let said = kept.inForce.flatMap { ThrottleJSON.status($0) }
        guard let asked = kept.asked.flatMap({ ThrottleJSON.settings($0) }), asked != said?.settings else {
            return said
        }
        return ThrottleStatus(settings: asked)
    }

    /// Limits the copy otherwise, now and in the job's engines to come; nil goes back to the engine's configuration.
    ///
    /// Throws where there is no job.
    public func setThrottle(_ settings: ThrottleSettings?) throws(PostgresError) {
        guard try store.job() != nil else {
            throw PostgresError(
                "there is no job to throttle",
                hint: "The first engine takes its limits from [rate_limiter] in the configuration.")
        }
        guard try store.hasMonitor() else {
            throw PostgresError(
                "the job was set up by an earlier release, which knows no throttle",
                hint: "Start its engine with this release: \\backfill start.")
        }
        try store.askThrottle(settings.flatMap { ThrottleJSON.text($0) })
    }

    /// A warning or an error among the job's events.
    public struct Warning: Sendable, Hashable {
        /// Grows with each event.
        public let number: Int
        public let severity: String
        public let message: String
        public let hint: String?
    }

    /// The warnings behind the one of this number; with nil those of the last ten minutes. The oldest first.
    public func warnings(after number: Int?) throws(PostgresError) -> [Warning] {
        guard try store.exists() else { return [] }
        return try store.warnings(after: number).map {
            Warning(number: $0.number, severity: $0.severity, message: $0.message, hint: $0.hint)
        }
    }
}

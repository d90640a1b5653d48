extension Preflight {
    /// A check's answer, as it is shown and as `--json` prints it.
    public struct Finding: Encodable, Sendable {
        public let id: String
        public let title: String
        public let status: Status
        /// What the server has.
        public let found: String?
        /// What the job needs.
        public let needed: String?
        /// Lower case, no full stop.
        public let message: String
        /// A sentence that says what to do.
        public let hint: String?
        /// What mends it, to be run on the server that was examined by a role that may.
        public let fix: Fix?

        public var fixSQL: String? { fix?.sql }

        init(_ check: Check, _ outcome: Outcome) {
            id = check.id
            title = check.title
            status = outcome.status
            found = outcome.found
            needed = outcome.needed
            message = outcome.message
            hint = outcome.hint
            fix = outcome.fix
        }

        private enum CodingKeys: String, CodingKey {
            case id, title, status, found, needed, message, hint
            case fixSQL = "fix_sql"
        }

        /// Every key is written, so that a reader need not tell a missing one from null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(title, forKey: .title)
            try container.encode(status, forKey: .status)
            try container.encode(found, forKey: .found)
            try container.encode(needed, forKey: .needed)
            try container.encode(message, forKey: .message)
            try container.encode(hint, forKey: .hint)
            try container.encode(fixSQL, forKey: .fixSQL)
        }
    }

    /// What all checks found.
    public struct Report: Encodable, Sendable {
        public let findings: [Finding]
        /// False where a database that is configured could not be reached.
        public let couldConnect: Bool

        /// No check failed; warnings and skipped checks do not count.
        public var passed: Bool { !findings.contains { $0.status == .fail } }

        private enum CodingKeys: String, CodingKey {
            case passed
            case findings = "checks"
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(passed, forKey: .passed)
            try container.encode(findings, forKey: .findings)
        }
    }
}

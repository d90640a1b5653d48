public import Postgres

extension Preflight {
    /// A check's answer, as it is shown and as `--json` prints it.
    public struct Finding: Encodable, Sendable {
        public let id: String
        public let title: String
        public let status: Status
        /// The state of the server.
        @OrNull public private(set) var found: String?
        /// The state that the job needs.
        @OrNull public private(set) var needed: String?
        /// Lower case, no full stop.
        public let message: String
        /// A sentence that says what to do.
        @OrNull public private(set) var hint: String?
        /// The statements that mend it, to be run on the server that was examined by a role that may.
        public let fix: Fix?

        @OrNull public private(set) var fixSQL: String?

        init(_ check: Check, _ outcome: Outcome) {
            id = check.id
            title = check.title
            status = outcome.status
            found = outcome.found
            needed = outcome.needed
            message = outcome.message
            hint = outcome.hint
            fix = outcome.fix
            fixSQL = outcome.fix?.sql
        }

        private enum CodingKeys: String, CodingKey {
            case id, title, status, found, needed, message, hint
            case fixSQL = "fix_sql"
        }
    }

    /// The results of all checks.
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

internal import Postgres

extension Preflight {
    /// One question about the source or the shadow.
    struct Check: Sendable {
        struct Needs: OptionSet, Sendable {
            let rawValue: Int
            /// A connection to the source, which must be of a version that this program knows.
            static let source = Needs(rawValue: 1)
            /// Asked only of a job that follows.
            static let replication = Needs(rawValue: 2)
        }

        /// As scripts know it.
        let id: String
        /// For people.
        let title: String
        let needs: Needs
        let run: @Sendable (Examination) throws(PostgresError) -> Outcome

        init(
            _ id: String, _ title: String, needs: Needs,
            run: @escaping @Sendable (Examination) throws(PostgresError) -> Outcome
        ) {
            self.id = id
            self.title = title
            self.needs = needs
            self.run = run
        }
    }

    public enum Status: String, Encodable, Sendable {
        case pass, warn, fail, skip
    }

    /// The result of a check.
    struct Outcome {
        var status: Status
        var message: String
        var found: String?
        var needed: String?
        var hint: String?
        var fix: Fix?

        static func pass(_ message: String, found: String? = nil) -> Outcome {
            Outcome(status: .pass, message: message, found: found)
        }

        static func skip(_ message: String, found: String? = nil, hint: String? = nil, fix: Fix? = nil) -> Outcome {
            Outcome(status: .skip, message: message, found: found, hint: hint, fix: fix)
        }

        static func warn(
            _ message: String, found: String? = nil, needed: String? = nil, hint: String, fix: Fix? = nil
        ) -> Outcome {
            Outcome(status: .warn, message: message, found: found, needed: needed, hint: hint, fix: fix)
        }

        static func fail(
            _ message: String, found: String? = nil, needed: String? = nil, hint: String, fix: Fix? = nil
        ) -> Outcome {
            Outcome(status: .fail, message: message, found: found, needed: needed, hint: hint, fix: fix)
        }
    }
}

extension Preflight {
    /// The statements that mend a fault.
    public struct Fix: Sendable {
        /// Where, and by whom, they are to be run.
        public enum Place: Sendable {
            case source
            case shadow
            /// On the source, by a person who has thought about it: they end sessions, drop or rewrite something.
            case sourceByHand
        }

        /// In order, each with its semicolon.
        public let statements: [String]
        public let place: Place
        /// They take effect when the server has been restarted.
        public let needsRestart: Bool

        /// Nil where there is no statement.
        init?(_ statements: [String], _ place: Place = .source, needsRestart: Bool = false) {
            guard !statements.isEmpty else { return nil }
            self.statements = statements
            self.place = place
            self.needsRestart = needsRestart
        }

        init?(_ statement: String?, _ place: Place = .source, needsRestart: Bool = false) {
            self.init(statement.map { [$0] } ?? [], place, needsRestart: needsRestart)
        }

        public var sql: String { statements.joined(separator: "\n") }
    }
}

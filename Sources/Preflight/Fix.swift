public import Publisher

extension Preflight {
    /// The statements, or the changes, that mend a fault.
    public struct Fix: Sendable {
        /// Where, and by whom, the statements are to be run.
        public enum Place: Sendable {
            case source
            case shadow
            /// On the source, by a person who has thought about it: they end sessions, drop or rewrite something.
            case sourceByHand
        }

        /// In order, each with its semicolon.
        public let statements: [String]
        public let place: Place
        /// The changes that `Source.apply` makes, one for each statement; empty where the statements are for the
        /// shadow, or for a person.
        public let changes: [SourceFix]
        /// The statements take effect when the server has been restarted.
        public let needsRestart: Bool

        /// Nil where there is no change.
        init?(_ changes: [SourceFix], needsRestart: Bool = false) {
            guard !changes.isEmpty else { return nil }
            statements = changes.map(\.statement)
            place = .source
            self.changes = changes
            self.needsRestart = needsRestart
        }

        /// Nil where there is no statement.
        init?(_ statements: [String], _ place: Place) {
            guard !statements.isEmpty else { return nil }
            self.statements = statements
            self.place = place
            changes = []
            needsRestart = false
        }

        public var sql: String { statements.joined(separator: "\n") }
    }
}

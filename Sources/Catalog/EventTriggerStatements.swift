internal import Postgres

extension EventTrigger {
    /// For a superuser.
    var disableStatement: String { "ALTER EVENT TRIGGER \(quoteIdentifier(name)) DISABLE" }
}

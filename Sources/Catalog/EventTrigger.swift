internal import Libpq
public import Postgres
internal import Scripts

/// A trigger of the database that acts on DDL, and may refuse it.
public struct EventTrigger: Hashable, Sendable {
    public let name: String
    /// `ddl_command_start`, …
    public let event: String
    /// As the search path shows it.
    public let function: String

    public init(name: String, event: String, function: String) {
        self.name = name
        self.event = event
        self.function = function
    }
}

extension CatalogReader {
    /// The event triggers that act on DDL of this session.
    public func actingEventTriggers() throws(PostgresError) -> [EventTrigger] {
        var triggers: [EventTrigger] = []
        for row in try read(.catalogEventTriggers).rows {
            triggers.append(
                EventTrigger(
                    name: try row.string("name"), event: try row.string("event"), function: try row.string("function")))
        }
        return triggers
    }

    /// The error of a DDL statement, with a hint where the database's event triggers may have caused it: it names them, and
    /// says what to do. The error stays as it is where the server cannot be asked, as in a transaction that the error
    /// has aborted.
    ///
    /// - Parameters:
    ///   - side: `source` or `shadow`.
    ///   - way: what else can be done than to disable them, as a sentence; nil for nothing.
    public func explainingEventTriggers(
        _ error: PostgresError, on side: String, orElse way: String? = nil
    ) -> PostgresError {
        guard error.mayBeOfAFunction, transactionStatus == .idle || transactionStatus == .inTransaction,
            let triggers = try? actingEventTriggers(), !triggers.isEmpty
        else { return error }
        var error = error
        let hint = eventTriggerHint(triggers, on: side, orElse: way)
        error.hint = error.hint.map { "\($0) \(hint)" } ?? hint
        return error
    }
}

extension PostgresError {
    /// The server reported it from within a function, as those of event triggers are. Its own errors of a statement have no
    /// context.
    var mayBeOfAFunction: Bool { origin == .server && (context != nil || sqlState.classCode == "P0") }
}

/// Names the triggers, and says what to do.
func eventTriggerHint(_ triggers: [EventTrigger], on side: String, orElse way: String?) -> String {
    let names = triggers.map { "\(QualifiedName.display($0.name)) (\($0.function))" }.joined(separator: ", ")
    let statements = triggers.map { $0.disableStatement + ";" }.joined(separator: " ")
    let those = triggers.count == 1 ? "Event trigger \(names) of the \(side) acts" : "Event triggers of the \(side) act"
    let list = triggers.count == 1 ? "" : ": \(names)"
    return "\(those) on such a statement\(list). \(way.map { $0 + " Or have" } ?? "Have") a superuser run "
        + "for the time being: \(statements)"
}

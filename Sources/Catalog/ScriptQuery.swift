public import Libpq
public import Postgres
public import Scripts

extension Connection {
    /// Runs a file of `sql/`. With parameters it must hold one statement; without, it may hold several.
    ///
    /// Throws the server's error.
    @discardableResult
    public func query(_ script: Script, _ parameters: [String?] = []) throws(PostgresError) -> QueryResult {
        try query(script.text, parameters)
    }

    /// Sends a file of `sql/` that holds one statement; `answerIfComplete` reads the answer.
    public func send(_ script: Script, _ parameters: [String?]) throws(PostgresError) {
        try send(script.text, parameters)
    }

    /// As `query`, but has the server cancel the statement after so long; see the method for text.
    @discardableResult
    public func query(
        _ script: Script, _ parameters: [String?], cancelAfter milliseconds: Int
    ) throws(PostgresError) -> QueryResult {
        try query(script.text, parameters, cancelAfter: milliseconds)
    }
}

extension Sequence<OID> {
    /// As a parameter of type `oid[]`.
    var arrayText: String { "{" + map(\.description).joined(separator: ",") + "}" }
}

/// A parameter of type `boolean`.
func parameter(_ value: Bool) -> String { value ? "true" : "false" }

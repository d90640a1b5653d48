public import Libpq
public import Postgres

extension ConnectionString {
    /// The same connection with every setting fixed that changes how values are written as text, or that would end a long
    /// session: what one server writes, the other reads back as the same value (manual, 20.11.2). They go as start-up
    /// options, so that a walsender has them too.
    ///
    /// - Parameter role: shown as the application's name in pg_stat_activity.
    public func fixed(as role: String) -> ConnectionString {
        var string = self
        string["application_name"] = "scry-backfill \(role)"
        string["client_encoding"] = "UTF8"
        string["options"] = ([self["options"]].compactMap { $0 } + Self.settings.map { "-c \($0)" })
            .joined(separator: " ")
        return string
    }

    private static let settings = [
        "DateStyle=ISO,YMD", "IntervalStyle=postgres", "extra_float_digits=3", "bytea_output=hex", "TimeZone=UTC",
        "lc_monetary=C", "standard_conforming_strings=on", "row_security=off", "search_path=", "xmloption=content",
        "statement_timeout=0", "lock_timeout=0", "idle_in_transaction_session_timeout=0",
    ]
}

extension Connection {
    /// Turns off the time limits that only newer servers have, and refuse as a start-up option before that.
    public func liftNewerTimeouts() throws(PostgresError) {
        if serverVersion.major >= 14 { try query("SET idle_session_timeout = 0") }
        if serverVersion.major >= 17 { try query("SET transaction_timeout = 0") }
    }
}

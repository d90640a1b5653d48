public import Libpq
public import Postgres

/// A setting that every session of the engine has at one value, whatever the server, the database, the role, or the
/// environment of the engine says.
public struct PinnedSetting: Sendable, Hashable {
    /// As PostgreSQL has it.
    public let name: String
    /// As SHOW prints it.
    public let value: String
    /// The effect of another value.
    public let reason: String
    /// The first release of each major version that has it, the oldest first; empty for one that 10 has already. A server
    /// that does not know a start-up option refuses the connection, so these are set by a statement.
    let releases: [Int]

    init(_ name: String, _ value: String, _ reason: String, since releases: [Int] = []) {
        self.name = name
        self.value = value
        self.reason = reason
        self.releases = releases
    }

    /// Whether a server has it.
    public func exists(in version: ServerVersion) -> Bool {
        guard let newest = releases.last else { return true }
        guard let release = releases.first(where: { ServerVersion($0).major == version.major }) else {
            return version.major > ServerVersion(newest).major
        }
        return version.number >= release
    }

    /// All that change how a value is read, written or compared, how a statement reads, or when a session ends: from the
    /// settings of pg_settings of 10 to 18 that any role may change (context `user`).
    ///
    /// Left as they are: `default_transaction_read_only`, which somebody sets to have nothing written there; where new tables
    /// go (`default_tablespace`, `default_table_access_method`, `default_toast_compression`); what changes the plan, memory,
    /// log and speed of a statement and not its result (but jit); and those that only a superuser may set, whose start-up option would
    /// refuse all others (`session_replication_role` is set by the session on the shadow that may).
    public static let all: [PinnedSetting] = [
        // Values as text.
        PinnedSetting("client_encoding", "UTF8", "text is sent in it; given as libpq's own keyword"),
        PinnedSetting("DateStyle", "ISO, YMD", "order of day and month, BC and time zones in dates"),
        PinnedSetting("IntervalStyle", "postgres", "the sign of an interval's parts"),
        PinnedSetting("TimeZone", "UTC", "timestamptz, and times without a zone that are read as one"),
        PinnedSetting("timezone_abbreviations", "Default", "which zones the letters of a time mean"),
        PinnedSetting("extra_float_digits", "3", "digits of float4, float8 and the geometric types"),
        PinnedSetting("bytea_output", "hex", "the form of bytea"),
        PinnedSetting("array_nulls", "on", "off reads NULL in an array as the text 'NULL'"),
        PinnedSetting("lc_monetary", "C", "the form of money, and where its decimal point stands"),
        PinnedSetting("lc_numeric", "C", "to_char and to_number in expressions"),
        PinnedSetting("lc_time", "C", "names of days and months by to_char"),
        PinnedSetting("xmlbinary", "base64", "bytea within xml that expressions make"),
        PinnedSetting("xmloption", "content", "document refuses xml that has no one root"),
        PinnedSetting("default_text_search_config", "pg_catalog.simple", "to_tsvector without a configuration"),
        // Statements and names.
        PinnedSetting("standard_conforming_strings", "on", "off makes a backslash in a literal an escape"),
        PinnedSetting("backslash_quote", "safe_encoding", "off refuses \\' in a literal"),
        PinnedSetting("escape_string_warning", "off", "a warning for each backslash in a literal"),
        PinnedSetting("quote_all_identifiers", "off", "types, defaults and definitions read differently with it"),
        PinnedSetting("transform_null_equals", "off", "on makes = NULL mean IS NULL"),
        PinnedSetting("search_path", "", "names mean what stands in pg_catalog, or have a schema"),
        PinnedSetting("default_with_oids", "off", "on gives new tables a column more, before 12"),
        // Which rows, and in which order.
        PinnedSetting("row_security", "off", "on hides rows without a word; off makes that an error"),
        PinnedSetting("gin_fuzzy_search_limit", "0", "another number leaves rows out at random"),
        PinnedSetting("synchronize_seqscans", "off", "a copy begins at the table's first row"),
        // Transactions and sessions.
        PinnedSetting("default_transaction_isolation", "read committed", "others refuse what concurs with them"),
        PinnedSetting("default_transaction_deferrable", "off", "on makes serializable reads wait"),
        PinnedSetting("exit_on_error", "off", "on ends the session with any error"),
        PinnedSetting("statement_timeout", "0", "ends what takes long: a copy, an index"),
        PinnedSetting("lock_timeout", "0", "ends what waits for a lock"),
        PinnedSetting("idle_in_transaction_session_timeout", "0", "ends the session that keeps the snapshot"),
        PinnedSetting("jit", "off", "on compiles catalog queries for longer than they run", since: [110_000]),
        PinnedSetting("idle_session_timeout", "0", "ends a session that waits for changes", since: [140_000]),
        PinnedSetting("transaction_timeout", "0", "ends the copy's transaction", since: [170_000]),
        PinnedSetting(
            "restrict_nonsystem_relation_kind", "", "refuses to read views and foreign tables in expressions",
            since: [120_020, 130_016, 140_013, 150_008, 160_004, 170_000]),
        PinnedSetting(
            "log_parameter_max_length_on_error", "0", "another number shows values of rows in errors",
            since: [130_000]),
    ]

    /// As a start-up option; a backslash keeps a space in a value.
    var option: String {
        var escaped = ""
        for character in value {
            if character == " " || character == "\\" { escaped.append("\\") }
            escaped.append(character)
        }
        return "-c \(name)=\(escaped)"
    }

    /// libpq sends these from the engine's environment (PGDATESTYLE, PGTZ), and the server takes them after the options.
    static let ofEnvironment: Set = ["DateStyle", "TimeZone"]
}

extension ConnectionString {
    /// The same connection with every setting pinned that changes how values are written as text, or that would end a long
    /// session (`PinnedSetting.all`): what one server writes, the other reads back as the same value (manual, 20.11.2). They
    /// go as start-up options, so that a walsender and pg_dump have them too.
    ///
    /// - Parameter role: shown as the application's name in pg_stat_activity.
    public func fixed(as role: String) -> ConnectionString {
        var string = self
        string["application_name"] = "scry-backfill \(role)"
        string["client_encoding"] = "UTF8"
        let pinned = PinnedSetting.all.filter { $0.releases.isEmpty && $0.name != "client_encoding" }
        string["options"] = ([self["options"]].compactMap { $0 } + pinned.map(\.option)).joined(separator: " ")
        return string
    }
}

extension Connection {
    /// Pins what a start-up option cannot: the settings that only newer servers have, and those that the engine's
    /// environment may have changed.
    public func pinSettings() throws(PostgresError) {
        let version = serverVersion
        let settings = PinnedSetting.all.filter { setting in
            PinnedSetting.ofEnvironment.contains(setting.name)
                || !setting.releases.isEmpty && setting.exists(in: version)
        }
        try query(PinnedSetting.statement(settings))
    }
}

import Backfill
import Catalog
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Publisher
@testable import Subscriber

/// Whatever a database's or a role's own settings are, on either side: the engine's sessions have theirs, and the shadow holds
/// the source's values.
@Suite(.blocking) struct PinnedSettingsTests {
    /// Another value for each pinned setting that the test's own sessions can live with.
    private static let odd = [
        "client_encoding": "LATIN1", "DateStyle": "SQL, DMY", "IntervalStyle": "sql_standard",
        "TimeZone": "America/St_Johns", "timezone_abbreviations": "Australia", "extra_float_digits": "-15",
        "bytea_output": "escape", "array_nulls": "off", "lc_monetary": "POSIX", "lc_numeric": "POSIX",
        "lc_time": "POSIX", "xmlbinary": "hex", "xmloption": "document",
        "default_text_search_config": "pg_catalog.german", "standard_conforming_strings": "off",
        "backslash_quote": "off", "escape_string_warning": "on", "quote_all_identifiers": "on",
        "transform_null_equals": "on", "search_path": "odd", "default_with_oids": "on", "row_security": "on",
        "gin_fuzzy_search_limit": "1", "synchronize_seqscans": "on",
        "default_transaction_isolation": "serializable", "default_transaction_deferrable": "on",
        "exit_on_error": "on", "statement_timeout": "1h", "lock_timeout": "1h",
        "idle_in_transaction_session_timeout": "1h", "jit": "on", "idle_session_timeout": "1h",
        "transaction_timeout": "1h",
        "restrict_nonsystem_relation_kind": "view", "log_parameter_max_length_on_error": "64",
    ]

    /// Gives the database and the role odd settings, on both sides.
    private static func makeOdd(_ job: TestJob) throws {
        for cluster in [job.source, job.shadow] {
            let admin = try cluster.connect()
            for setting in PinnedSetting.all where setting.exists(in: admin.serverVersion) {
                if setting.name == "default_with_oids", admin.serverVersion.major >= 12 { continue }
                let value = try #require(odd[setting.name], "\(setting.name) has no odd value")
                for owner in ["DATABASE shop", "ROLE postgres"] {
                    try admin.query("ALTER \(owner) SET \(setting.name) = '\(value)'")
                }
            }
        }
    }

    @Test func everySettingIsInForceOnEachKindOfSession() throws {
        let job = try TestJob()
        try Self.makeOdd(job)
        let interrupt = try Interrupt()
        let source = try Source(job.settings().source, as: "test", interrupt: interrupt)
        let walsender = try ReplicationSession(job.settings().source, as: "test", interrupt: interrupt)
        let shadow = try Shadow(job.settings().shadow, as: "test", interrupt: interrupt)
        let sessions = [
            ("source", source.connection), ("walsender", walsender.connection), ("shadow", shadow.connection),
        ]
        for (kind, session) in sessions {
            for setting in PinnedSetting.all where setting.exists(in: session.serverVersion) {
                let shown = try session.query("SHOW \(setting.name)")
                #expect(shown[0, 0] == setting.value, "\(setting.name) of the \(kind)")
            }
        }
    }

    @Test func valuesOfEveryAffectedTypeAreExact() throws {
        let job = try TestJob()
        let interrupt = try Interrupt()
        /// A session on which the values are what they are.
        func session(_ cluster: LocalCluster) throws(PostgresError) -> Connection {
            let session = try Connection(
                cluster.connectionString(database: "shop").fixed(as: "test"), interrupt: interrupt)
            try session.pinSettings()
            return session
        }
        try Self.makeOdd(job)
        let source = try session(job.source)
        let shadow = try session(job.shadow)
        // Not every server is built with xml.
        let hasXML = [source, shadow].allSatisfy { (try? $0.query("SELECT '<a/>'::xml")) != nil }
        try source.query(Self.table(xml: hasXML ? "xml" : "text"))
        for row in Self.rows { try source.query("INSERT INTO app.sample (\(Self.columns)) VALUES (\(row))") }
        try source.query("CREATE TABLE app.copied AS SELECT * FROM app.sample")
        try source.query("ALTER TABLE app.copied ADD PRIMARY KEY (id)")
        func compare(_ moment: String) throws {
            for table in ["sample", "copied"] {
                let sql = "SELECT t::text FROM app.\(table) t ORDER BY id"
                let here = try source.query(sql)
                let there = try shadow.query(sql)
                try #require(here.rowCount == there.rowCount, "\(moment), table \(table)")
                #expect(here.rowCount > 0)
                for row in 0..<here.rowCount { #expect(here[row, 0] == there[row, 0], "\(moment), table \(table)") }
            }
        }
        var failure: (any Error)?
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            do { try compare("copied") } catch { failure = error }
            for row in Self.rows { try source.query("INSERT INTO app.sample (\(Self.columns)) VALUES (\(row))") }
            // By the identity of the whole row, too.
            try source.query("UPDATE app.sample SET t = t || '!' WHERE id % 2 = 0; DELETE FROM app.sample WHERE id = 1")
            try source.query("ALTER TABLE app.copied REPLICA IDENTITY FULL; UPDATE app.copied SET t = t || '!'")
            try job.catchUp()
            do { try compare("streamed") } catch { failure = error }
        }
        if let failure { throw failure }
        // What pg_dump wrote.
        let definitions = """
            SELECT pg_catalog.pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint
             WHERE conrelid = 'app.sample'::pg_catalog.regclass AND contype = 'c'
            """
        #expect(try source.query(definitions)[0, 0] == shadow.query(definitions)[0, 0])
    }

    private static func table(xml: String) -> String {
        """
        CREATE SCHEMA app;
        CREATE TABLE app.sample (
            id serial PRIMARY KEY, m money, f4 float4, f8 float8, ta text[], ia int[], b bytea, i interval, d date,
            ts timestamp, tz timestamptz, tt timetz, x \(xml), v tsvector, q tsquery, j json, jb jsonb, t text,
            p point, r tstzrange, n numeric DEFAULT '1.50', CONSTRAINT odd CHECK (t <> 'it''s \\ this'));
        """
    }
    private static let columns = "m, f4, f8, ta, ia, b, i, d, ts, tz, tt, x, v, q, j, jb, t, p, r"
    private static let rows = [
        """
        '-1234567.89', 0.1, 0.1::float8 + 0.2::float8, ARRAY['a', NULL, 'NULL', 'null', '', 'x"y\\z'], ARRAY[1, NULL],
        '\\x005c27ff', '-1 year -2 mons 3 days -04:05:06.789', '0044-03-15 BC', '0044-03-15 12:00:00 BC',
        '0044-03-15 12:00:00+00 BC', '12:00:00+05:30', 'text <b>and</b> more', 'the cats:1A sat:2', 'cats & !sat',
        '{"a": 1,  "a": null}', '{"k": "\\u00e9\\\\"}', 'back\\slash ''quote'' "double" é', '(0.1, 1e-300)',
        '["2020-01-02 03:04:05.678901+00", infinity)'
        """,
        """
        '0.01', 'NaN', '-Infinity', ARRAY[NULL]::text[], ARRAY[NULL, 2]::int[], '', '1 day -00:00:01', 'infinity',
        '-infinity', 'infinity', '23:59:59.999999-12', '<?xml version="1.0"?><r/>', '''a b'':3 ''it''''s''', '''it''''s''',
        '[null]', 'null', E'line\\nend\\t\\r\\x01', '(-0, NaN)', 'empty'
        """,
        """
        '92233720368547758.07', 1.17549435e-38, 1.7976931348623157e308, '{}', '{{1,NULL},{3,4}}', '\\x0a0d09',
        '178000000 years', '5874897-12-31', '294276-12-31 23:59:59.999999', '2024-03-10 03:30:00-02:30', '00:00:00+00',
        '', '', '', '"x"', '1.10', 'NULL', '(1e300,-1e300)', '(,)'
        """,
    ]
}

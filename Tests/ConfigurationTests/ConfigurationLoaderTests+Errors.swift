import Configuration
import Foundation
import Postgres
import Testing

@Suite struct ConfigurationErrorTests {
    /// Loads with one file and expects an error; FILE stands for its path in what is expected.
    private func expectError(
        file text: String, environment: [String: String] = [:], _ message: String, detail: String? = nil,
        hint: String?, sqlState: SQLState = .configFileError
    ) throws {
        let file = try TemporaryFile(text)
        let loader = ConfigurationLoader(environment: environment, file: .named(file.path))
        let error = #expect(throws: PostgresError.self) { try loader.load() }
        func shown(_ text: String?) -> String? { text?.replacing(file.path, with: "FILE") }
        #expect(shown(error?.message) == message)
        #expect(shown(error?.detail) == detail)
        #expect(error?.hint == hint)
        #expect(error?.sqlState == sqlState)
    }

    @Test func unknownKeys() throws {
        try expectError(
            file: "\n[backfill]\njobs = 1\njosb = 2\n",
            "unrecognized configuration key \"backfill.josb\" in file \"FILE\" line 4",
            hint: "Perhaps you meant \"backfill.jobs\".")
        try expectError(
            file: "[bakfill]\njobs = 1\n", "unrecognized configuration key \"bakfill.jobs\" in file \"FILE\" line 2",
            hint: "Perhaps you meant \"backfill.jobs\".")
        try expectError(
            file: "[sauce]\n", "unrecognized configuration key \"sauce\" in file \"FILE\" line 1",
            hint: "Perhaps you meant \"source\".")
        try expectError(
            file: "x = 1\n", "unrecognized configuration key \"x\" in file \"FILE\" line 1",
            hint: "\"scry-backfill config\" lists the keys.")
        try expectError(
            file: "[source.nested]\nhost = \"a\"\n",
            "unrecognized configuration key \"source.nested\" in file \"FILE\" line 1",
            hint: "\"scry-backfill config\" lists the keys.")
    }

    @Test(arguments: [
        ("backfill", "jobs = \"4\"", "a string", "an integer from 1 to 128"),
        ("backfill", "jobs = 0", "an integer", "an integer from 1 to 128"),
        ("backfill", "jobs = 1.5", "a number with a fraction", "an integer from 1 to 128"),
        ("backfill", "copy_schema = 1", "an integer", "true or false"),
        ("backfill", "mode = \"fast\"", "a string", "one of \"hybrid\", \"snapshot\", \"cdc\""),
        ("backfill", "include_tables = \"*.*\"", "a string", "an array of table patterns such as [\"public.*\"]"),
        ("backfill", "include_tables = [1]", "an array", "an array of table patterns such as [\"public.*\"]"),
        ("backfill", "include_tables = [\"a.b.c\"]", "an array", "an array of table patterns such as [\"public.*\"]"),
        ("wal_monitor", "max_wal_bytes_warning = \"1gb\"", "a string", "a size such as \"20MB\", above 0"),
        ("rate_limiter", "burst_multiplier = nan", "a number with a fraction", "a number from 1.0 to 100.0"),
        ("rate_limiter", "max_rows_per_second = 0", "an integer", "an integer from 1"),
        ("source", "port = 99999", "an integer", "a port from 1 to 65535"),
        ("source", "host = 2024-01-01", "a date", "a string"),
        ("source", "host = { a = 1 }", "a table", "a string"),
        ("source", "dsn = \"hots=a\"", "a string", "a connection string"),
        ("source", "dsn = 1", "an integer", "a connection string"),
        ("source", "port = 0", "an integer", "a port from 1 to 65535"),
        ("source", "port = \"5432,x\"", "a string", "a port from 1 to 65535"),
        ("source", "database = true", "a boolean", "a string"),
        ("source", "user = 1.5", "a number with a fraction", "a string"),
        ("source", "password = 1", "an integer", "a string"),
        (
            "shadow", "ssl_mode = \"verify\"", "a string",
            "one of \"disable\", \"allow\", \"prefer\", \"require\", \"verify-ca\", \"verify-full\""
        ),
        ("shadow", "ssl_root_cert = []", "an array", "a string"),
        (
            "source", "replication_slot = \"Slot\"", "a string",
            "a slot's name: 1 to 63 lower-case letters, digits and underscores"
        ),
        (
            "source", "replication_slot = \"\"", "a string",
            "a slot's name: 1 to 63 lower-case letters, digits and underscores"
        ),
        ("source", "publication_name = \"\"", "a string", "a name of 1 to 63 bytes"),
        ("backfill", "exclude_tables = true", "a boolean", "an array of table patterns such as [\"public.*\"]"),
        ("backfill", "jobs = -1", "an integer", "an integer from 1 to 128"),
        ("backfill", "jobs = 129", "an integer", "an integer from 1 to 128"),
        ("backfill", "index_jobs = 0", "an integer", "an integer from 1 to 128"),
        ("backfill", "apply_batch_ms = -1", "an integer", "an integer from 0 to 60000"),
        ("rate_limiter", "enabled = \"yes\"", "a string", "true or false"),
        ("rate_limiter", "max_rows_per_second = \"1000\"", "a string", "an integer from 1"),
        ("rate_limiter", "max_bytes_per_second = -1", "an integer", "a size such as \"20MB\""),
        ("rate_limiter", "max_bytes_per_second = \"-1MB\"", "a string", "a size such as \"20MB\""),
        ("rate_limiter", "burst_multiplier = 0.5", "a number with a fraction", "a number from 1.0 to 100.0"),
        ("rate_limiter", "adaptive = 0", "an integer", "true or false"),
        ("wal_monitor", "enabled = 1", "an integer", "true or false"),
        ("wal_monitor", "check_interval_secs = 0", "an integer", "an integer from 1 to 86400"),
        ("wal_monitor", "max_wal_bytes_warning = \"99999999999TB\"", "a string", "a size such as \"20MB\", above 0"),
        ("wal_monitor", "max_wal_bytes_critical = \"0GB\"", "a string", "a size such as \"20MB\", above 0"),
        ("wal_monitor", "on_critical = \"drop\"", "a string", "one of \"warn\", \"stop\", \"drop_slot\""),
        ("metrics", "listen = 9187", "an integer", "an address and a port such as \"127.0.0.1:9187\""),
        ("metrics", "listen = \":9187\"", "a string", "an address and a port such as \"127.0.0.1:9187\""),
    ])
    func wrongTypes(section: String, line: String, found: String, needed: String) throws {
        let key = String(line.prefix { $0 != " " })
        try expectError(
            file: "[\(section)]\n\n\(line)\n",
            "invalid value for configuration key \"\(section).\(key)\" in file \"FILE\" line 3",
            detail: "It is \(found).", hint: "The value must be \(needed).")
    }

    @Test func eachKeyOnce() throws {
        try expectError(
            file: "[backfill]\njobs = 1\nmode = \"cdc\"\njobs = 2\n",
            "configuration key \"backfill.jobs\" is set twice in file \"FILE\" line 4",
            detail: "Line 2 sets it already.", hint: "Remove one of the two.")
        try expectError(
            file: "[source]\nhost = \"a\"\n\n[source]\nport = 1\n",
            "configuration key \"source\" is set twice in file \"FILE\" line 4",
            detail: "Line 1 sets it already.", hint: "Remove one of the two.")
    }

    @Test func aNumberBeyondMachines() throws {
        try expectError(
            file: "[backfill]\njobs = 99999999999999999999\n",
            "syntax error in configuration file \"FILE\" line 2", detail: "The file is not valid TOML there.",
            hint: "Write [section] lines and key = value lines, strings in double quotes.")
    }

    @Test func aWarningAfterTheMeasure() throws {
        try expectError(
            file: "[wal_monitor]\nmax_wal_bytes_warning = \"10GB\"\n",
            "wal_monitor.max_wal_bytes_warning is above wal_monitor.max_wal_bytes_critical",
            detail: "They are 10GB (file FILE:2) and 5GB (default).",
            hint: "Set both, the warning to the smaller size.")
        let off = try TemporaryFile("[wal_monitor]\nenabled = false\nmax_wal_bytes_warning = \"10GB\"\n")
        #expect(throws: Never.self) { try ConfigurationLoader(environment: [:], file: .named(off.path)).load() }
    }

    @Test func syntaxErrorsNeverShowTheText() throws {
        try expectError(
            file: "[source]\npassword = geheim\n", "syntax error in configuration file \"FILE\" line 2",
            detail: "The file is not valid TOML there.",
            hint: "Write [section] lines and key = value lines, strings in double quotes.")
    }

    @Test func variables() throws {
        try expectError(
            file: "[source]\npassword = \"${NO_SUCH}\"\n", "environment variable \"NO_SUCH\" is not set",
            detail: "Configuration key \"source.password\" in file \"FILE\" line 2 takes its value from it.",
            hint: "Set NO_SUCH, or write the value into the file.")
        for reference in ["${", "${}", "${1}", "${a b}"] {
            try expectError(
                file: "[source]\nhost = \"\(reference)\"\n",
                "invalid variable reference in configuration key \"source.host\" in file \"FILE\" line 2",
                hint: "Write ${NAME}, a name of letters, digits and underscores.")
        }
        try expectError(
            file: "", environment: ["SCRY_BACKFILL_BACKFILL__JOSB": "1"],
            "unrecognized configuration key in environment variable \"SCRY_BACKFILL_BACKFILL__JOSB\"",
            hint: "Perhaps you meant \"SCRY_BACKFILL_BACKFILL__JOBS\".")
        try expectError(
            file: "", environment: ["SCRY_BACKFILL_BACKFILL__JOBS": "many"],
            "invalid value for configuration key \"backfill.jobs\" in environment variable \"SCRY_BACKFILL_BACKFILL__JOBS\"",
            hint: "The value must be an integer from 1 to 128.")
    }

    @Test func missingAndUnreadableFiles() throws {
        let error = #expect(throws: PostgresError.self) {
            try ConfigurationLoader(environment: [:], file: .named("/nonexistent/c.toml")).load()
        }
        #expect(
            error?.message == "could not read configuration file \"/nonexistent/c.toml\": No such file or directory")
        #expect(error?.sqlState == .undefinedFile)
        let binary = FileManager.default.temporaryDirectory.appending(path: "latin1-\(UUID().uuidString).toml")
        defer { try? FileManager.default.removeItem(at: binary) }
        try Data([0x5B, 0xE9, 0x5D]).write(to: binary)
        let latin = #expect(throws: PostgresError.self) {
            try ConfigurationLoader(environment: [:], file: .named(binary.path)).load()
        }
        #expect(latin?.message == "configuration file \"\(binary.path)\" is not valid UTF-8")
        let folder = #expect(throws: PostgresError.self) {
            try ConfigurationLoader(environment: [:], file: .named("/tmp")).load()
        }
        #expect(folder?.message == "could not read configuration file \"/tmp\": Is a directory")
    }

    @Test func theUsersFileIsFound() throws {
        let file = try TemporaryFile("[backfill]\njobs = 9\n", name: "scry-backfill/config.toml")
        let loaded = try ConfigurationLoader(environment: ["XDG_CONFIG_HOME": file.folder], file: .searched).load()
        #expect(loaded.configuration.backfill.jobs == 9)
        #expect(loaded.file == file.path)
    }
}

import Configuration
import Job
import Libpq
import Postgres
import Testing

@Suite struct ConfigurationLoaderTests {
    private func load(
        file text: String? = nil, environment: [String: String] = [:], options: [(String, String)] = []
    ) throws -> LoadedConfiguration {
        let file = try text.map { try TemporaryFile($0) }
        let loader = ConfigurationLoader(
            options: options.map { ConfigurationLoader.Option($0.0, $0.1, spelling: "--" + $0.0) },
            environment: environment, file: file.map { .named($0.path) } ?? .none)
        return try withExtendedLifetime(file) { try loader.load() }
    }

    @Test func nothingGivenIsTheDefaults() throws {
        let loaded = try load()
        #expect(loaded.configuration == Configuration())
        #expect(loaded.settings.allSatisfy { $0.origin == .default })
        #expect(loaded.file == nil)
    }

    @Test func readsEveryKeyOfTheFile() throws {
        let configuration = try load(
            file: """
                [source]
                host = "db.example"
                port = 6432
                database = "shop"
                user = "scry"
                password = "geheim"
                ssl_mode = "verify-full"
                ssl_root_cert = "/etc/ca.pem"
                replication_slot = "s"
                publication_name = "p"
                [shadow]
                dsn = "postgresql://w@localhost/shadow"
                [backfill]
                mode = "cdc"
                include_tables = ["shop.*", '"Odd".t']
                exclude_tables = ["*.log"]
                jobs = 8
                index_jobs = 2
                copy_schema = false
                apply_batch_ms = 0
                [rate_limiter]
                enabled = true
                max_rows_per_second = 1000
                max_bytes_per_second = "1.5GB"
                burst_multiplier = 3
                adaptive = false
                [wal_monitor]
                enabled = false
                check_interval_secs = 5
                max_wal_bytes_warning = 1048576
                max_wal_bytes_critical = "10GB"
                on_critical = "drop_slot"
                [metrics]
                listen = "127.0.0.1:9187"
                """
        ).configuration
        #expect(
            configuration.source.connection?.parameters == [
                "host": "db.example", "port": "6432", "dbname": "shop", "user": "scry", "password": "geheim",
                "sslmode": "verify-full", "sslrootcert": "/etc/ca.pem",
            ])
        #expect(configuration.source.replicationSlot == "s")
        #expect(configuration.source.publicationName == "p")
        #expect(configuration.shadow?.parameters == ["host": "localhost", "user": "w", "dbname": "shadow"])
        #expect(configuration.backfill.mode == .cdc)
        #expect(configuration.backfill.tables.includes(QualifiedName(schema: "Odd", name: "t")))
        #expect(!configuration.backfill.tables.includes(QualifiedName(schema: "shop", name: "log")))
        #expect(configuration.backfill.jobs == 8)
        #expect(configuration.backfill.indexJobs == 2)
        #expect(!configuration.backfill.copySchema)
        #expect(configuration.backfill.applyBatchMilliseconds == 0)
        #expect(configuration.rateLimiter.isEnabled && !configuration.rateLimiter.isAdaptive)
        #expect(configuration.rateLimiter.maxRowsPerSecond == 1000)
        #expect(configuration.rateLimiter.maxBytesPerSecond.bytes == 3 << 29)
        #expect(configuration.rateLimiter.burstMultiplier == 3)
        #expect(!configuration.walMonitor.isEnabled)
        #expect(configuration.walMonitor.checkIntervalSeconds == 5)
        #expect(configuration.walMonitor.warningBytes.bytes == 1 << 20)
        #expect(configuration.walMonitor.criticalBytes.bytes == 10 << 30)
        #expect(configuration.walMonitor.onCritical == .dropSlot)
        #expect(configuration.metrics.listen == ListenAddress("127.0.0.1:9187"))
    }

    @Test func optionBeforeEnvironmentBeforeFile() throws {
        let file = "[backfill]\njobs = 1\nindex_jobs = 1\nmode = \"cdc\"\n"
        let environment = ["SCRY_BACKFILL_BACKFILL__JOBS": "2", "SCRY_BACKFILL_BACKFILL__INDEX_JOBS": "2"]
        let loaded = try load(file: file, environment: environment, options: [("backfill.jobs", "3")])
        #expect(loaded.configuration.backfill.jobs == 3)
        #expect(loaded.configuration.backfill.indexJobs == 2)
        #expect(loaded.configuration.backfill.mode == .cdc)
        func origin(_ key: String) -> String? { loaded.settings.first { $0.key == key }?.origin.description }
        #expect(origin("backfill.jobs") == "option --backfill.jobs")
        #expect(origin("backfill.index_jobs") == "environment SCRY_BACKFILL_BACKFILL__INDEX_JOBS")
        #expect(origin("backfill.mode") == "file \(try #require(loaded.file)):4")
        #expect(origin("backfill.copy_schema") == "default")
    }

    @Test func partsWinOverTheStringOfTheSameSource() throws {
        let file = "[source]\ndsn = \"host=a dbname=shop user=u\"\nhost = \"b\"\n"
        #expect(
            try load(file: file).configuration.source.connection?.parameters == [
                "host": "b", "dbname": "shop", "user": "u",
            ])
    }

    @Test func aLaterStringTakesThePlaceOfEarlierParts() throws {
        let file = "[source]\nhost = \"a\"\npassword = \"geheim\"\nreplication_slot = \"s\"\n"
        let configuration = try load(file: file, environment: ["SCRY_BACKFILL_SOURCE": "host=b dbname=d"]).configuration
        #expect(configuration.source.connection?.parameters == ["host": "b", "dbname": "d"])
        #expect(configuration.source.replicationSlot == "s")
    }

    @Test func aDatabaseNameAloneIsAConnectionString() throws {
        #expect(try load(options: [("shadow.dsn", "copy")]).configuration.shadow?.parameters == ["dbname": "copy"])
    }

    @Test func emptyVariablesCountAsUnset() throws {
        #expect(try load(environment: ["SCRY_BACKFILL_SHADOW": ""]).configuration.shadow == nil)
    }

    @Test func listsFromTheEnvironment() throws {
        let environment = ["SCRY_BACKFILL_BACKFILL__INCLUDE_TABLES": "public.*, \"a,b\".t"]
        let tables = try load(environment: environment).configuration.backfill.tables
        #expect(tables.includes(QualifiedName(schema: "a,b", name: "t")))
        #expect(tables.included.count == 2)
    }

    @Test(arguments: [
        #"["public.*", '"a,b".t']"#, #"[ 'public.*', "\"a,b\".t", ]"#, #"public.*, "a,b".t"#,
    ])
    func aListAsInTheFileOrWithCommas(text: String) throws {
        let patterns = try load(options: [("backfill.include_tables", text)]).configuration.backfill.includeTables
        #expect(patterns == [try TablePattern("public.*"), try TablePattern(#""a,b".t"#)])
    }

    @Test(arguments: ["[\"a\"", "[1]", "[\"a\"]\nother = 1"])
    func listsThatAreNone(text: String) {
        #expect(throws: PostgresError.self) { try load(options: [("backfill.include_tables", text)]) }
    }

    /// As editors on other systems save it.
    @Test func marksAndLineEndsOfOtherSystems() throws {
        let loaded = try load(file: "\u{FEFF}[source]\r\nhost = \"a\"\r\n\r\n[backfill]\r\njobs = 3\r\n")
        #expect(loaded.configuration.source.connection?.parameters == ["host": "a"])
        #expect(loaded.configuration.backfill.jobs == 3)
        let origins = loaded.settings.filter { $0.origin != .default }.map(\.origin.description)
        let file = try #require(loaded.file)
        #expect(origins == ["file \(file):2", "file \(file):5"])
    }

    @Test func variablesInValues() throws {
        let file = """
            [source]
            password = "${PASSWORD}"
            host = "${NAME}.example.${NAME}"
            [backfill]
            jobs = "${JOBS}"
            include_tables = ["${NAME}.*"]
            """
        let configuration = try load(file: file, environment: ["PASSWORD": "a${b}", "NAME": "db", "JOBS": "7"])
            .configuration
        #expect(configuration.source.connection?.parameters == ["password": "a${b}", "host": "db.example.db"])
        #expect(configuration.backfill.jobs == 7)
        #expect(configuration.backfill.includeTables.map(\.description) == ["db.*"])
    }

    /// A URI may hold the password in two places, and the keywords one more.
    @Test(arguments: [
        "postgresql://u:geheim@h/d", "postgresql://u@h/d?password=geheim", "host=h password=geheim sslpassword=geheim",
    ])
    func secretsWithinAConnectionString(text: String) throws {
        for option in ["source.dsn", "shadow.dsn"] {
            let loaded = try load(options: [(option, text)])
            #expect(!loaded.settings.contains { $0.value?.contains("geheim") == true })
            #expect(loaded.settings.first { $0.key == option }?.value?.contains("host='h'") == true)
        }
    }

    @Test func secretsAreMasked() throws {
        let loaded = try load(
            file: "[shadow]\ndsn = \"postgresql://u:geheim@h/d\"\n",
            environment: ["SCRY_BACKFILL_SOURCE__PASSWORD": "geheim", "PGHOST": "pg.example"])
        #expect(!loaded.settings.contains { $0.value?.contains("geheim") == true })
        func setting(_ key: String) -> LoadedConfiguration.Setting? { loaded.settings.first { $0.key == key } }
        #expect(setting("source.password")?.value == "********")
        #expect(setting("shadow.password")?.value == "********")
        #expect(setting("shadow.host")?.value == "h")
        #expect(setting("shadow.host")?.origin == setting("shadow.dsn")?.origin)
        #expect(setting("source.host")?.value == "pg.example")
        #expect(setting("source.host")?.origin == .environment("PGHOST"))
    }
}

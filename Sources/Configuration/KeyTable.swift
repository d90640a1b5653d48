extension Key {
    /// Every key there is, in the order in which they are printed.
    public static let all: [Key] =
        connection("source", \.source) + [
            Key(
                "source.replication_slot", \.configuration.source.replicationSlot,
                "the job's replication slot on the source",
                expectation: "a slot's name: 1 to 63 lower-case letters, digits and underscores", accepts: isSlotName),
            Key(
                "source.publication_name", \.configuration.source.publicationName,
                "the job's publication on the source", expectation: "a name of 1 to 63 bytes",
                accepts: { (1...63).contains($0.utf8.count) }),
        ] + connection("shadow", \.shadow) + [
            Key(
                "backfill.mode", \.configuration.backfill.mode,
                "hybrid (copy, then follow), snapshot, or cdc (follow only)"),
            Key("backfill.include_tables", \.configuration.backfill.includeTables, "patterns of the tables to follow"),
            Key(
                "backfill.exclude_tables", \.configuration.backfill.excludeTables, "patterns of the tables to leave out"
            ),
            Key("backfill.jobs", \.configuration.backfill.jobs, in: 1...128, "tables or parts copied at once"),
            Key("backfill.index_jobs", \.configuration.backfill.indexJobs, in: 1...128, "indexes built at once"),
            Key("backfill.copy_schema", \.configuration.backfill.copySchema, "create the tables in the shadow"),
            Key(
                "backfill.apply_batch_ms", \.configuration.backfill.applyBatchMilliseconds, in: 0...60_000,
                "milliseconds that changes are gathered before a commit"),
            Key(
                "backfill.on_schema_change", \.configuration.backfill.onSchemaChange,
                "follow a change of the source's schema, copy its table again, or stop"),
            Key("rate_limiter.enabled", \.configuration.rateLimiter.isEnabled, "limit how fast the source is read"),
            Key(
                "rate_limiter.max_rows_per_second", \.configuration.rateLimiter.maxRowsPerSecond,
                "rows copied in a second; absent: no limit", expectation: "an integer from 1", accepts: { $0 ?? 1 >= 1 }
            ),
            Key(
                "rate_limiter.max_bytes_per_second", \.configuration.rateLimiter.maxBytesPerSecond,
                "bytes copied in a second; 0: no limit"),
            Key(
                "rate_limiter.burst_multiplier", \.configuration.rateLimiter.burstMultiplier, in: 1.0...100.0,
                "how far above the rate a moment may go"),
            Key("rate_limiter.adaptive", \.configuration.rateLimiter.isAdaptive, "slow down where the source is busy"),
            Key("wal_monitor.enabled", \.configuration.walMonitor.isEnabled, "watch the WAL that the slot retains"),
            Key(
                "wal_monitor.check_interval_secs", \.configuration.walMonitor.checkIntervalSeconds, in: 1...86_400,
                "seconds between two samples"),
            Key(
                "wal_monitor.max_wal_bytes_warning", \.configuration.walMonitor.warningBytes,
                "retained WAL that is reported", expectation: aboveZero, accepts: { $0.bytes > 0 }),
            Key(
                "wal_monitor.max_wal_bytes_critical", \.configuration.walMonitor.criticalBytes,
                "retained WAL that on_critical answers", expectation: aboveZero, accepts: { $0.bytes > 0 }),
            Key(
                "wal_monitor.on_critical", \.configuration.walMonitor.onCritical, "warn, stop the job, or drop its slot"
            ),
            Key("metrics.listen", \.configuration.metrics.listen, "address:port to serve metrics on; absent: off"),
        ]

    /// The keys of the parts of a section's connection.
    static func parts(of section: String) -> [Key] {
        all.filter { $0.libpq != nil && $0.path.hasPrefix(section + ".") }
    }

    private static let aboveZero = ByteSize.expectation + ", above 0"

    /// By the server's own rule (ReplicationSlotValidateName in slot.c).
    @Sendable private static func isSlotName(_ name: String) -> Bool {
        (1...63).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// The keys by which both servers are named.
    private static func connection(
        _ section: String, _ field: any WritableKeyPath<Settings, ConnectionSettings> & Sendable
    ) -> [Key] {
        func part<Value: SettingValue>(
            _ name: String, _ part: any WritableKeyPath<ConnectionSettings, Value> & Sendable, _ keyword: String,
            _ variable: String, isSecret: Bool = false, _ help: String
        ) -> Key {
            Key(
                section + "." + name, field, part, isSecret: isSecret,
                libpq: Key.LibpqName(keyword: keyword, variable: variable), help)
        }
        return [
            Key("\(section).dsn", field, \.dsn, "connection string or URI of the \(section)"),
            part("host", \.host, "host", "PGHOST", "host name, address or socket directory"),
            part("port", \.port, "port", "PGPORT", "port"),
            part("database", \.database, "dbname", "PGDATABASE", "database"),
            part("user", \.user, "user", "PGUSER", "role to connect as"),
            part(
                "password", \.password, "password", "PGPASSWORD", isSecret: true,
                "password; better in .pgpass or as ${NAME}"),
            part("ssl_mode", \.sslMode, "sslmode", "PGSSLMODE", "libpq's sslmode"),
            part("ssl_root_cert", \.sslRootCert, "sslrootcert", "PGSSLROOTCERT", "file of the certificates to trust"),
        ]
    }
}

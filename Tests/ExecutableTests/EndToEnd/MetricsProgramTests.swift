import Backfill
import Configuration
import Foundation
import FoundationNetworking
import Libpq
import LocalCluster
import Metrics
import Testing
import Waiting

/// The metrics that a running engine reports to Prometheus.
@Suite(.blocking) struct MetricsProgramTests {
    /// Name and labels as they stand in the text, and the value.
    private func values(_ text: String) -> [String: Double] {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        return Dictionary(
            lines.compactMap { line in
                let parts = line.split(separator: " ")
                return parts.count == 2 ? Double(parts[1]).map { (String(parts[0]), $0) } : nil
            }, uniquingKeysWith: { first, _ in first })
    }

    private func fetch(_ url: URL) async throws -> String {
        String(decoding: try await URLSession.shared.data(from: url).0, as: UTF8.self)
    }

    @Test func theJobAndTheEngine() async throws {
        let source = try SharedCluster.database(.source)
        let shadow = try SharedCluster.database(.shadow)
        try source.run("CREATE TABLE secrets (id text PRIMARY KEY); INSERT INTO secrets VALUES ('a row')")
        let slot = source.name + "_metrics"
        let program = try RunningProgram([
            "run", "--source", source.connectionString.merging(["password": "geheim"]).conninfo, "--shadow",
            shadow.connectionString.conninfo, "--source.replication_slot", slot, "--metrics.listen=127.0.0.1:0",
            "--rate_limiter.enabled=true", "--rate_limiter.max_rows_per_second=5000",
            "--rate_limiter.adaptive=false", "--wal_monitor.max_wal_bytes_warning=64MB",
        ])
        let (from, to) = (try source.connect(), try shadow.connect())
        let control = JobControl(to, slot: slot)
        try control.waitUntilCaughtUp(with: from, milliseconds: 60_000, interrupt: try Interrupt())
        try source.run("INSERT INTO secrets VALUES ('another row')")
        try control.waitUntilCaughtUp(with: from, milliseconds: 60_000, interrupt: try Interrupt())
        let log = try program.errorsSoFar()
        let url = try #require(
            log.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http://") }.flatMap {
                URL(string: String($0))
            })

        var text = ""
        // The engine counts a transaction a moment after the shadow shows it, and reports its limits when it can.
        for _ in 0..<200 {
            text = try await fetch(url)
            let values = values(text)
            if values["scry_backfill_applied_transactions_total"] == 1,
                values["scry_backfill_throttle_enabled"] != nil
            {
                break
            }
        }
        let values = values(text)
        #expect(values["scry_backfill_applied_transactions_total"] == 1)
        #expect(values["scry_backfill_applied_changes_total"] == 1)
        #expect(values["scry_backfill_retries_total"] == 0)
        #expect(values["scry_backfill_source_up"] == 1)
        #expect(values["scry_backfill_shadow_up"] == 1)
        #expect(values["scry_backfill_state{state=\"streaming\"}"] == 1)
        #expect(values["scry_backfill_state{state=\"failed\"}"] == 0)
        #expect(values["scry_backfill_tables{state=\"ready\"}"] == 1)
        #expect(values["scry_backfill_copied_rows"] == 1)
        #expect(values["scry_backfill_copied_bytes"] ?? 0 > 0)
        #expect(values["scry_backfill_slot_active"] == 1)
        #expect(values["scry_backfill_slot_retained_wal_bytes"] != nil)
        #expect(values["scry_backfill_wal_monitor_state{state=\"normal\"}"] == 1)
        #expect(values["scry_backfill_wal_monitor_state{state=\"critical\"}"] == 0)
        #expect(values["scry_backfill_wal_monitor_threshold_bytes{state=\"warning\"}"] == Double(64 << 20))
        #expect(values["scry_backfill_throttle_enabled"] == 1)
        #expect(values["scry_backfill_throttle_limit_rows_per_second"] == 5000)
        #expect(values["scry_backfill_throttle_share_ratio"] == 1)
        #expect(values["scry_backfill_throttle_gives_way{cause=\"replica_lag\"}"] == 0)
        #expect(values["scry_backfill_applied_lsn_bytes"] ?? 0 > 0)
        #expect(values["scry_backfill_lag_bytes"] != nil && values["scry_backfill_lag_seconds"] != nil)
        #expect(values.keys.contains { $0.hasPrefix("scry_backfill_job_info{slot=\"\(slot)\"") })
        for word in ["row'", "another", "geheim", "secrets"] { #expect(!text.contains(word)) }
        for name in Set(values.keys.map { $0.prefix { $0 != "{" } }) {
            #expect(text.contains("# HELP \(name) ") && text.contains("# TYPE \(name) "))
        }

        program.kill(SIGTERM)
        #expect(try program.end().status == 0)
        await #expect(throws: URLError.self) { try await fetch(url) }
        _ = try from.query("SELECT pg_drop_replication_slot($1)", [slot])
    }

    @Test func aPortInUseEndsTheEngineBeforeItBegins() async throws {
        let source = try SharedCluster.database(.source)
        let shadow = try SharedCluster.database(.shadow)
        try source.run("CREATE TABLE t (id int PRIMARY KEY)")
        let other = try await MetricsServer(on: try #require(ListenAddress("127.0.0.1:0"))) { [] }
        let run = try ProgramRun([
            "run", "--source", source.connectionString.conninfo, "--shadow", shadow.connectionString.conninfo,
            "--metrics.listen=\(other.address)",
        ])
        await other.stop()
        #expect(run.status == 1)
        #expect(
            run.errors == """
                ERROR:  could not listen on \(other.address) for metrics: Address already in use
                HINT:  Another process listens there: stop it, or set metrics.listen to another port.

                """)
        #expect(try shadow.connect().query("SELECT to_regnamespace('scry_backfill') IS NULL")[0, 0] == "t")
    }
}

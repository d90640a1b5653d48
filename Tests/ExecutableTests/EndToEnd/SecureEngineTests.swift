import Backfill
import Foundation
import Glibc
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// The engine with all its sessions and pg_dump over TLS, and its secrets nowhere but where they belong.
@Suite(.blocking, .enabled(if: SecureCluster.areAvailable, "these servers were built without TLS"))
struct SecureEngineTests {
    private let source: SecureCluster
    private let shadow: SecureCluster
    /// A folder with a pg_dump that first writes down how it was called.
    private let programs: String
    private var calls: String { programs + "/calls" }

    init() throws {
        source = try #require(SecureCluster.source)
        shadow = try #require(SecureCluster.shadow)
        programs = source.authority.path("programs-" + UUID().uuidString)
        try FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
        for name in ["pg_dump", "pg_restore"] {
            let script = """
                #!/bin/sh
                printf '%s\\n' "$0" "$@" >> '\(programs)/calls'
                exec '\(source.cluster.programs.path(name))' "$@"

                """
            try script.write(toFile: "\(programs)/\(name)", atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(programs)/\(name)")
        }
    }

    private var path: String { programs + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin") }

    /// Runs a job from its copy into the stream and ends it.
    private func expectAJob(
        _ database: String, _ arguments: [String], environment: [String: String], files: [String: String] = [:]
    ) throws {
        for server in [source, shadow] { try server.cluster.createDatabase(database) }
        try source.cluster.run(
            "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 1000)", database: database)
        let slot = database + "_slot"
        let program = try RunningProgram(
            ["run", "--source.replication_slot", slot] + arguments,
            environment: environment.merging(["PATH": path]) { $1 }, files: files)
        let from = try source.cluster.connect(database: database)
        let to = try shadow.cluster.connect(database: database)
        try source.cluster.run("INSERT INTO t VALUES (0)", database: database)
        let control = JobControl(to, slot: slot)
        try control.waitUntilCaughtUp(with: from, milliseconds: 120_000, interrupt: try Interrupt())
        #expect(try to.query("SELECT count(*) FROM t")[0, 0] == "1001")

        // All its sessions, the walsender's too.
        let unencrypted = """
            SELECT count(*) FILTER (WHERE NOT s.ssl), count(*)
              FROM pg_stat_activity a JOIN pg_stat_ssl s USING (pid)
             WHERE a.datname = current_database() AND a.application_name LIKE 'scry-backfill%'
               AND a.client_addr IS NOT NULL
            """
        for connection in [from, to] {
            let sessions = try connection.query(unencrypted)
            #expect(sessions[0, 0] == "0" && sessions[0, 1] != "0")
        }
        let walsender = """
            SELECT s.ssl FROM pg_stat_replication r JOIN pg_stat_ssl s USING (pid) JOIN pg_replication_slots o
                ON o.active_pid = r.pid WHERE o.slot_name = $1
            """
        var streaming = try from.query(walsender, [slot])
        // What was committed before the copy is caught up with before the stream begins.
        while streaming.rowCount == 0 { streaming = try from.query(walsender, [slot]) }
        #expect(streaming[0, 0] == "t")

        // Everybody on the machine can read how a program was called.
        for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int32(process) != nil {
            let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            let words = String(decoding: line, as: UTF8.self)
            if words.contains(slot) { #expect(!words.contains("geheim")) }
        }
        program.kill(SIGTERM)
        let run = try program.end()
        #expect(run.status == 0 && !(run.output + run.errors).contains("geheim"), "\(run.errors)")
        _ = try from.query("SELECT pg_drop_replication_slot($1)", [slot])

        let called = try String(contentsOfFile: calls, encoding: .utf8)
        #expect(called.contains("--dbname="), "\(called)")
        #expect(!called.contains("geheim"), "\(called)")
        #expect(try to.query("SELECT count(*) FROM scry_backfill.job j WHERE j::text LIKE '%geheim%'")[0, 0] == "0")
    }

    @Test func certificatesAndAPasswordFile() throws {
        let files = try source.authority.client("carl")
        let passwords = source.authority.path(UUID().uuidString)
        try "localhost:\(shadow.cluster.port):*:sam:geheim-sam\n".write(
            toFile: passwords, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: passwords)
        let text = """
            [source]
            dsn = "host=localhost port=\(source.cluster.port) dbname=certified user=carl sslcert='\(files.certificate)' sslkey='\(files.key)'"
            ssl_mode = "verify-full"
            ssl_root_cert = "\(source.authority.root)"
            [shadow]
            host = "localhost"
            port = \(shadow.cluster.port)
            database = "certified"
            user = "sam"
            ssl_mode = "verify-full"
            ssl_root_cert = "\(shadow.authority.root)"
            """
        try expectAJob(
            "certified", [], environment: ["PGPASSFILE": passwords], files: ["scry-backfill.toml": text])
    }

    @Test func secretsInTheConnectionStrings() throws {
        let database = "secretive"
        let to = shadow.parameters("sam", database: database).merging(["password": "geheim-sam"])
        let from = source.parameters("sam", database: database).merging(["password": "geheim-sam"])
        try expectAJob(database, ["--source", from.conninfo, "--shadow", to.conninfo], environment: [:])
    }

    @Test func anEncryptedKeyAndAService() throws {
        let database = "locked"
        let files = try source.authority.client("carl", password: "geheim-key")
        let from = source.parameters("carl", database: database).merging([
            "sslcert": files.certificate, "sslkey": files.key, "sslpassword": "geheim-key",
        ])
        let services = source.authority.path(UUID().uuidString)
        try ("[prod]\n" + from.parameters.map { "\($0.key)=\($0.value)\n" }.joined()).write(
            toFile: services, atomically: true, encoding: .utf8)
        let to = shadow.parameters("sam", database: database)
        try expectAJob(
            database, ["--source", "service=prod", "--shadow", to.conninfo],
            environment: ["PGSERVICEFILE": services, "PGPASSWORD": "geheim-sam"])
        try expectAJob(
            "unlocked",
            [
                "--source", from.merging(["dbname": "unlocked"]).conninfo, "--shadow",
                to.merging(["dbname": "unlocked"]).conninfo,
            ], environment: ["PGPASSWORD": "geheim-sam"])
    }
}

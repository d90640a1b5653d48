import Commands
import Configuration
import Foundation
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// What people and scripts read of a source where much is wrong, byte for byte.
@Suite(.blocking) struct CheckSnapshotTests {
    private let source: LocalCluster
    private let shadow: LocalCluster

    init() throws {
        source = try LocalCluster(.source, settings: ["wal_level": "replica"])
        try source.start()
        try source.createDatabase("shop")
        try source.run(
            """
            CREATE ROLE app LOGIN; REVOKE CREATE ON SCHEMA public FROM public; CREATE SCHEMA hidden;
            CREATE TABLE users (id int PRIMARY KEY, name text); GRANT SELECT ON users TO app;
            CREATE TABLE nokey (a int, b oid); GRANT SELECT ON nokey TO app;
            CREATE TABLE hidden.t (id serial PRIMARY KEY);
            CREATE TABLE tenants (id int PRIMARY KEY); GRANT SELECT ON tenants TO app;
            ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
            CREATE MATERIALIZED VIEW sums AS SELECT 1;
            """, database: "shop")
        shadow = try LocalCluster(.shadow)
        try shadow.start()
        try shadow.run("CREATE DATABASE reports ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    }

    /// Nil on servers whose versions have more or less to say.
    private func output(_ options: String...) throws -> Output? {
        let versions = try [source.connect().serverVersion, shadow.connect().serverVersion]
        guard versions[0] == versions[1], versions[0].major >= 15 else { return nil }
        let interrupt = try Interrupt()
        let context = CommandContext(
            configuration: Configuration(), interrupt: interrupt,
            source: Server(.source, source.connectionString(database: "shop", user: "app"), interrupt: interrupt),
            shadow: Server(.shadow, shadow.connectionString(database: "reports"), interrupt: interrupt))
        let command = try #require(CommandTable.find(["check"])?.command)
        let output = try command.run(context, command.grammar.parse(options, of: command))
        return output.text.contains("WARN  server_minor") || output.text.contains("-- server_minor") ? nil : output
    }

    /// Compares with Snapshots/NAME but for what hangs on the machine; with RECORD_SNAPSHOTS=1 writes it and fails.
    private func expectSnapshot(_ text: String, named name: String) throws {
        let version = try source.connect().serverVersion
        var text = text
        for (found, shown) in [
            (source.folder, "/run/source"), (shadow.folder, "/run/shadow"),
            ("\(version)", "VERSION"),
        ] { text = text.split(separator: found, omittingEmptySubsequences: false).joined(separator: shown) }
        text.replace(try Regex(#"\d+ (bytes|kB|MB|GB|TB)"#), with: "SIZE")
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Snapshots/\(name)")
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(name)")
        }
        #expect(text == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    @Test func text() throws {
        guard let output = try output() else { return }
        try expectSnapshot(output.text + "\n", named: "check.txt")
    }

    @Test func json() throws {
        guard let output = try output() else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try expectSnapshot(
            String(decoding: try encoder.encode(output.document), as: UTF8.self) + "\n", named: "check.json")
    }

    @Test func script() throws {
        guard let output = try output("--fix") else { return }
        try expectSnapshot(output.text + "\n", named: "check-fix.sql")
    }
}

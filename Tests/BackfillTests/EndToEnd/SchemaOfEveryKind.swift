import Backfill
import Foundation
import Libpq
import LocalCluster
import Postgres

/// A schema with objects of every kind that both servers have, from the files in Schemas.
struct SchemaOfEveryKind {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Schemas")

    let job: TestJob
    let sourceVersion: Int
    let shadowVersion: Int
    /// Both servers have the extensions.
    let hasExtensions: Bool

    /// Makes it on the job's source.
    init(_ job: TestJob) throws {
        self.job = job
        let (source, shadow) = (try job.source.connect(), try job.shadow.connect())
        sourceVersion = source.serverVersion.major
        shadowVersion = shadow.serverVersion.major
        let available = try job.both(
            "SELECT count(*) FROM pg_available_extensions WHERE name IN ('btree_gist', 'citext', 'hstore', 'pg_trgm')")
        hasExtensions = available.source == [["4"]] && available.shadow == [["4"]]
        for file in try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted() {
            let since = file.split(separator: "_").first.flatMap { Int($0) }
            guard since.map({ $0 <= min(sourceVersion, shadowVersion) }) ?? hasExtensions else { continue }
            try job.onSource(try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8))
        }
    }

    /// All its tables, partitions apart.
    func tables() throws -> [QualifiedName] {
        try job.both(
            """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('app', 'Odd "Schema') ORDER BY 1, 2
            """
        ).source.map { QualifiedName(schema: $0[0] ?? "", name: $0[1] ?? "") }
    }

    /// Restores it in the shadow as a person would, with pg_dump.
    func restore() throws {
        let dump = Process()
        dump.executableURL = URL(filePath: job.source.programs.path("pg_dump"))
        dump.arguments = [
            "--schema-only", "--no-owner", "-d", job.source.connectionString(database: "shop").conninfo,
        ]
        let output = Pipe()
        dump.standardOutput = output
        try dump.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        dump.waitUntilExit()
        // What is for a later psql or server alone.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            !line.hasPrefix("\\restrict ") && !line.hasPrefix("\\unrestrict ")
                && !(line.hasPrefix("SET transaction_timeout") && shadowVersion < 17)
                && !(line.hasPrefix("SET default_table_access_method") && shadowVersion < 12)
        }
        try job.onShadow(lines.joined(separator: "\n"))
    }

    /// Compares both sides.
    func prove(_ tables: [QualifiedName]? = nil) throws(PostgresError) -> SchemaReport {
        try SchemaProof(job.settings(), interrupt: Interrupt()).run(tables)
    }
}

extension SchemaReport {
    /// What differs though nothing means it to, each as `type identity: what`.
    var unmeant: [String] { differences.filter { !$0.meant }.map { "\($0.type) \($0.identity): \($0.what)" } }
    var meant: [String] { differences.filter(\.meant).map { "\($0.type) \($0.identity): \($0.what)" } }
}

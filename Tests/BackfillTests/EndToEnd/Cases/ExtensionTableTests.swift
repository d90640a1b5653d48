import Backfill
import Foundation
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// A table that belongs to an extension and has rows from its script, as PostGIS's spatial_ref_sys.
@Suite(.blocking, .serialized) struct ExtensionTableTests {
    private static let name = "scry_test_places"

    /// An extension in the servers' own folder, as long as this lives; nil where that may not be written.
    private final class Installed {
        private var files: [URL] = []

        init?(_ clusters: [LocalCluster]) throws {
            for cluster in clusters {
                let found = try cluster.connect().query("SELECT setting FROM pg_config WHERE name = 'SHAREDIR'")
                let folder = URL(filePath: found[0, 0] ?? "").appending(path: "extension")
                let control = folder.appending(path: "\(name).control")
                let script = folder.appending(path: "\(name)--1.0.sql")
                let texts = [
                    (control, "default_version = '1.0'\nrelocatable = true\n"),
                    (
                        script,
                        """
                        CREATE TABLE systems (id int PRIMARY KEY, name text);
                        INSERT INTO systems SELECT g, 'system ' || g FROM generate_series(1, 5) g;
                        SELECT pg_catalog.pg_extension_config_dump('systems', 'WHERE id > 5');
                        """
                    ),
                ]
                for (file, text) in texts {
                    guard (try? Data(text.utf8).write(to: file)) != nil else { return nil }
                    files.append(file)
                    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path())
                }
            }
        }

        deinit { for file in files { try? FileManager.default.removeItem(at: file) } }
    }

    private static let setup = """
        CREATE EXTENSION \(name); DELETE FROM systems WHERE id = 2; UPDATE systems SET name = 'mine' WHERE id = 3;
        INSERT INTO systems VALUES (900, 'new');
        CREATE TABLE places (id int PRIMARY KEY, system int REFERENCES systems); INSERT INTO places VALUES (1, 900), (2, 1);
        """

    @Test func itsRowsAreTheSources() throws {
        let job = try TestJob()
        guard let installed = try Installed([job.source, job.shadow]) else { return }
        try job.onSource(Self.setup)
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("INSERT INTO systems VALUES (901, 'newer'); INSERT INTO places VALUES (3, 901)")
            try job.catchUp()
        }
        withExtendedLifetime(installed) {}
        let comparison = try Comparison(job)
        #expect(comparison.differences.isEmpty && comparison.tables == 2)
        #expect(try job.inShadow("SELECT count(*) FROM systems") == ["6"])
        let events = try job.inShadow("SELECT message FROM scry_backfill.event ORDER BY id")
        let news = "the rows that extension \(Self.name) has written into public.systems are replaced by the source's"
        #expect(events.contains(news))
        let keys = try job.both("SELECT convalidated FROM pg_constraint WHERE conname = 'places_system_fkey'")
        #expect(keys.source == keys.shadow)
    }

    /// Rows that were there before the job are somebody's.
    @Test func rowsThatWereThereBeforeAreRefused() throws {
        let job = try TestJob()
        guard let installed = try Installed([job.source, job.shadow]) else { return }
        try job.onSource(Self.setup)
        try job.onShadow("CREATE EXTENSION \(Self.name)")
        withExtendedLifetime(installed) {}
        let error = try #require(throws: PostgresError.self) { try RunningEngine(job.settings()).wait() }
        #expect(error.message == "table public.systems of the shadow has rows that the job did not write")
        #expect(error.hint?.contains("TRUNCATE public.systems") == true)
        try job.onShadow("TRUNCATE systems")
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        #expect(try Comparison(job).differences.isEmpty)
    }
}

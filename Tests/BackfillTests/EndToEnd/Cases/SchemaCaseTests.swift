import Backfill
import Foundation
import Libpq
import LocalCluster
import Postgres
import Testing

/// Schemas that production lives with: copied and followed, with all rows the same, and what the shadow can't have said.
@Suite struct SchemaCaseTests {
    @Test(arguments: SchemaCase.constraintCases + SchemaCase.objectCases)
    func arrives(_ schemaCase: SchemaCase) throws {
        let job = try TestJob()
        let versions = [
            try job.source.connect().serverVersion.major, try job.shadow.connect().serverVersion.major,
        ]
        guard versions[0] >= schemaCase.sourceSince, versions.min() ?? 0 >= schemaCase.since else { return }
        if let needed = schemaCase.needs, try !Self.hasExtension(needed, job) { return }
        if !schemaCase.server.isEmpty { try job.source.run(schemaCase.server) }
        try job.onSource(schemaCase.setup)
        if !schemaCase.shadow.isEmpty { try job.onShadow(schemaCase.shadow) }
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            if !schemaCase.live.isEmpty { try job.onSource(schemaCase.live) }
            try job.catchUp()
            try compare(job, schemaCase.same)
        }
        let comparison = try Comparison(job)
        let differences = comparison.differences.filter { line in !schemaCase.partlySent.contains { line.hasPrefix($0) }
        }
        #expect(differences.isEmpty)
        #expect(comparison.tables > 0)
        let aside = try job.inShadow(
            "SELECT identity || ' ' || aspect FROM scry_backfill.set_aside ORDER BY (identity || ' ' || aspect) COLLATE \"C\""
        )
        let isSince17 = versions[0] < 17 && versions[1] >= 17 && !schemaCase.setAsideSince17.isEmpty
        #expect(aside == (isSince17 ? schemaCase.setAsideSince17 : schemaCase.setAside).sorted())
        let events = try job.inShadow(
            "SELECT message FROM scry_backfill.event WHERE severity <> 'LOG' ORDER BY id")
        for expected in schemaCase.events {
            #expect(events.contains { $0.hasPrefix(expected) }, "\(expected) is not among \(events)")
        }
        if schemaCase.events.isEmpty, !isSince17 { #expect(events.isEmpty) }
        _ = try JobControl(try job.shadow.connect(database: "shop"), slot: job.slot).reset()
        try compare(job, schemaCase.sameAfterReset)
    }

    /// A shadow whose role is no superuser owns the tables that it makes, and forced row security would bind it.
    @Test func forcedRowSecurityDoesNotHideRows() throws {
        let job = try TestJob()
        try job.onSource(
            """
            CREATE TABLE secrets (id int PRIMARY KEY, v text CHECK (length(v) < 5)); INSERT INTO secrets VALUES (1, 'a'), (2, 'b');
            CREATE POLICY odd ON secrets USING (id % 2 = 1); ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
            ALTER TABLE secrets FORCE ROW LEVEL SECURITY;
            """)
        try job.shadow.run("CREATE ROLE keeper LOGIN; GRANT CREATE ON DATABASE shop TO keeper")
        try job.onShadow("GRANT CREATE ON SCHEMA public TO keeper")
        var settings = job.settings()
        settings.shadow["user"] = "keeper"
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource("INSERT INTO secrets VALUES (4, 'd'); UPDATE secrets SET v = 'x' WHERE id = 2")
            try job.catchUp()
        }
        #expect(try Comparison(job).differences.isEmpty)
        #expect(
            try job.inShadow("SELECT identity || ' ' || aspect FROM scry_backfill.set_aside") == [
                "public.secrets not forced"
            ])
        _ = try JobControl(try job.shadow.connect(database: "shop"), slot: job.slot).reset()
        let forced = try job.both(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = 'secrets'::regclass")
        #expect(forced.source == forced.shadow)
    }

    /// A bytea of 600 MB has more than 1 GB as text, which no server sends.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["SCRY_TEST_LARGE"] != nil))
    func aValueThatIsTooLongAsTextIsCopied() throws {
        let job = try TestJob()
        try job.onSource(
            """
            CREATE TABLE large (id int PRIMARY KEY, v bytea); ALTER TABLE large ALTER v SET STORAGE external;
            CREATE TABLE small (id int PRIMARY KEY); INSERT INTO small VALUES (1);
            """)
        try job.onSource("INSERT INTO large SELECT 1, convert_to(repeat('0123456789', 60000000), 'UTF8')")
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        let both = try job.both("SELECT id, length(v), md5(v) FROM large")
        #expect(both.source == both.shadow && both.source.count == 1)
    }

    private func compare(_ job: TestJob, _ queries: [String]) throws(PostgresError) {
        for query in queries {
            let both = try job.both(query)
            #expect(!both.source.isEmpty, "\(query)")
            #expect(both.source == both.shadow, "\(query)")
        }
    }

    private static func hasExtension(_ name: String, _ job: TestJob) throws(PostgresError) -> Bool {
        for cluster in [job.source, job.shadow] {
            let found = try cluster.connect().query("SELECT FROM pg_available_extensions WHERE name = $1", [name])
            if found.rowCount == 0 { return false }
        }
        return true
    }
}

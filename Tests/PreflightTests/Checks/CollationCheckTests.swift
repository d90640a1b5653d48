import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct CollationCheckTests {
    private func finding(_ context: Preflight.Context) throws -> Preflight.Finding {
        try #require(try Preflight.run(context)["collation"])
    }

    @Test func bytesAreOrderedAlikeEverywhere() throws {
        let finding = try finding(PreflightFixture().context())
        #expect(finding.status == .pass && finding.message == "source and shadow order text by libc C.UTF-8")
    }

    /// The catalog says what an update of the system would make it say.
    @Test func changedRulesOfACollationAreTold() throws {
        let fixture = try PreflightFixture("CREATE TABLE t (id int PRIMARY KEY)")
        let icu = try fixture.source.query(
            "SELECT FROM pg_collation WHERE collprovider = 'i' AND collname = 'de-x-icu'")
        guard icu.rowCount == 1 else { return }
        try fixture.source.query(
            """
            CREATE COLLATION german (provider = icu, locale = 'de'); CREATE COLLATION other (provider = icu, locale = 'de');
            UPDATE pg_collation SET collversion = '1.0' WHERE collname IN ('german', 'other')
            """)
        #expect(try finding(fixture.context()).status == .pass)
        try fixture.source.query("ALTER TABLE t ADD b text COLLATE german")
        let fault = try finding(fixture.context())
        #expect(fault.status == .warn && fault.found?.hasPrefix("collation public.german: 1.0, now ") == true)
        let statements = try #require(fault.fix?.statements)
        #expect(fault.fix?.place == .sourceByHand)
        #expect(statements.last == "ALTER COLLATION \"public\".\"german\" REFRESH VERSION;")
        for statement in statements { try fixture.source.query(statement) }
        #expect(try finding(fixture.context()).status == .pass)
    }

    @Test func changedRulesOfTheDatabaseAreTold() throws {
        let fixture = try PreflightFixture()
        guard fixture.source.serverVersion.major >= 15 else { return }
        let name = "\(fixture.sourceDatabase.name)_icu"
        do throws(PostgresError) {
            try fixture.source.query(
                "CREATE DATABASE \(name) TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de' LOCALE 'C.UTF-8'")
        } catch {
            // A server without ICU.
            return
        }
        let source = try fixture.sourceDatabase.cluster.connect(database: name)
        let differing = try finding(fixture.context(source: source))
        #expect(differing.status == .warn && differing.message == "source and shadow order text differently")
        #expect(differing.found?.hasPrefix("source ICU de") == true)
        try source.query("UPDATE pg_database SET datcollversion = '1.0' WHERE datname = current_database()")
        let changed = try finding(fixture.context(source: source))
        #expect(changed.status == .warn && changed.found?.hasPrefix("database \(name): 1.0, now ") == true)
        for statement in try #require(changed.fix?.statements) { try source.query(statement) }
        #expect(try finding(fixture.context(source: source)).message == "source and shadow order text differently")
    }
}

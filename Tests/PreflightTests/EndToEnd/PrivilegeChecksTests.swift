import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct PrivilegeChecksTests {
    @Test func replicationIsAnAttribute() throws {
        let fixture = try PreflightFixture()
        let role = try fixture.role()
        let finding = try #require(try Preflight.run(fixture.context(source: role))["replication_privilege"])
        #expect(finding.status == .fail)
        #expect(finding.fixSQL == "ALTER ROLE \"\(fixture.sourceDatabase.name)_role\" REPLICATION;")
        try fixture.source.query(try #require(finding.fixSQL))
        let mended = try Preflight.run(fixture.context(source: role))
        #expect(mended["replication_privilege"]?.status == .pass)
        #expect(mended["replication_privilege"]?.found == "REPLICATION")
    }

    @Test func amazonGrantsARole() throws {
        let cluster = try LocalCluster(.source)
        try cluster.start()
        try cluster.run("CREATE ROLE rds_superuser; CREATE ROLE rds_replication; CREATE ROLE app LOGIN")
        let fixture = try PreflightFixture()
        let app = try cluster.connect(user: "app")
        let finding = try #require(try Preflight.run(fixture.context(source: app))["replication_privilege"])
        #expect(finding.fixSQL == "GRANT \"rds_replication\" TO \"app\";")
        try cluster.run(try #require(finding.fixSQL))
        #expect(try Preflight.run(fixture.context(source: app))["replication_privilege"]?.status == .pass)
    }

    @Test func selectIsNeededOnEachTable() throws {
        let fixture = try PreflightFixture(
            """
            CREATE TABLE users (id int PRIMARY KEY);
            CREATE TABLE "Odd ""T" (id int PRIMARY KEY);
            CREATE SCHEMA hidden; CREATE TABLE hidden.t (id int PRIMARY KEY, secret text);
            """)
        let role = try fixture.role("GRANT SELECT ON users TO ROLE; GRANT USAGE ON SCHEMA public TO ROLE")
        let finding = try #require(try Preflight.run(fixture.context(source: role))["select_privilege"])
        let name = "\"\(fixture.sourceDatabase.name)_role\""
        #expect(finding.status == .fail && finding.found == "2 of 3 tables cannot be read")
        #expect(
            finding.fixSQL == """
                GRANT USAGE ON SCHEMA "hidden" TO \(name);
                GRANT SELECT ON TABLE "hidden"."t" TO \(name);
                GRANT SELECT ON TABLE "public"."Odd ""T" TO \(name);
                """)
        #expect(finding.message.contains("hidden.t, public.\"Odd \"\"T\""))
        try fixture.source.query(try #require(finding.fixSQL))
        #expect(try Preflight.run(fixture.context(source: role))["select_privilege"]?.status == .pass)
        // Columns count one by one.
        try fixture.source.query("REVOKE SELECT ON hidden.t FROM \(name); GRANT SELECT (id) ON hidden.t TO \(name)")
        #expect(try Preflight.run(fixture.context(source: role))["select_privilege"]?.status == .fail)
        if fixture.source.serverVersion.major >= 15 {
            try fixture.source.query("CREATE PUBLICATION pub FOR TABLE hidden.t (id)")
            #expect(try Preflight.run(fixture.context(source: role))["select_privilege"]?.status == .pass)
        }
    }

    @Test func theShadowMustBeWritable() throws {
        let fixture = try PreflightFixture("CREATE SCHEMA app; CREATE TABLE app.t (id int PRIMARY KEY)")
        try fixture.shadow.query("CREATE SCHEMA app")
        let role = try fixture.role(on: fixture.shadowDatabase)
        let name = "\"\(fixture.shadowDatabase.name)_role\""
        let finding = try #require(try Preflight.run(fixture.context(shadow: role))["shadow_privilege"])
        #expect(finding.status == .fail)
        #expect(
            finding.fixSQL?.hasPrefix(
                """
                GRANT CREATE ON DATABASE "\(fixture.shadowDatabase.name)" TO \(name);
                GRANT USAGE, CREATE ON SCHEMA "app" TO \(name);
                """) == true)
        try fixture.shadow.query(try #require(finding.fixSQL))
        let mended = try #require(try Preflight.run(fixture.context(shadow: role))["shadow_privilege"])
        #expect(mended.status == .warn && mended.message.contains("foreign keys"), "\(mended.message)")
        guard let grant = mended.fixSQL else {
            #expect(fixture.shadow.serverVersion.major < 15)
            return
        }
        try fixture.shadow.query(grant)
        #expect(try Preflight.run(fixture.context(shadow: role))["shadow_privilege"]?.status == .pass)
    }
}

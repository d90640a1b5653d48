import Foundation
import Job
import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct PreflightTests {
    @Test func aReadySourceAndShadowPass() throws {
        let fixture = try PreflightFixture()
        let report = try Preflight.run(fixture.context())
        #expect(report.passed && report.couldConnect)
        #expect(
            report.findings.map(\.id) == [
                "connection", "server_version", "server_minor", "pooler", "wal_level", "max_replication_slots",
                "max_wal_senders", "replication_privilege", "hba", "select_privilege", "row_security", "publication",
                "followed_tables", "replica_identity", "sequences", "slot", "long_transactions", "wal_retention",
                "shadow_connection", "shadow_privilege", "shadow_room", "encoding", "collation", "extensions",
                "policies", "compatibility",
            ])
        // These depend on the servers' versions and on the machine.
        let others = ["shadow_connection", "server_minor", "long_transactions", "wal_retention", "shadow_room"]
        for finding in report.findings where !others.contains(finding.id) {
            #expect(finding.status == .pass, "\(finding.id): \(finding.message)")
        }
    }

    @Test func theDocumentHasEveryKey() throws {
        let report = try Preflight.run(PreflightFixture().context())
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any]
        #expect(json?.keys.sorted() == ["checks", "passed"])
        let checks = json?["checks"] as? [[String: Any]]
        #expect(
            checks?.first?.keys.sorted() == ["fix_sql", "found", "hint", "id", "message", "needed", "status", "title"])
        #expect(checks?.first?["status"] as? String == "pass")
        #expect(checks?.first?["hint"] is NSNull)
    }

    @Test func everyFaultSaysWhatMendsIt() throws {
        // A role without any right, tables without identity, a shadow that is the source.
        let fixture = try PreflightFixture(
            "CREATE TABLE nokey (a int); REVOKE ALL ON SCHEMA public FROM public; REVOKE CREATE ON SCHEMA public FROM public"
        )
        let role = try fixture.role()
        let report = try Preflight.run(fixture.context(source: role, shadow: role))
        #expect(!report.passed)
        for finding in report.findings where finding.status == .fail {
            #expect(finding.hint?.hasSuffix(".") == true, "\(finding.id): \(finding.hint ?? "")")
            #expect(finding.needed != nil && finding.found != nil, "\(finding.id)")
            #expect(finding.message.last != ".", "\(finding.id)")
        }
        #expect(report.findings.count { $0.status == .fail } >= 5)
    }

    @Test func withoutASourceOnlyTheConnectionFails() throws {
        let fixture = try PreflightFixture()
        var context = fixture.context()
        context.source = .failed(
            PostgresError(
                "password authentication failed for user \"x\"", sqlState: .invalidPassword, origin: .connection))
        let report = try Preflight.run(context)
        #expect(!report.passed && !report.couldConnect)
        #expect(report["connection"]?.status == .fail)
        #expect(report["connection"]?.hint?.contains(".pgpass") == true)
        #expect(report["wal_level"]?.status == .skip)
        #expect(report["pooler"]?.status == .skip)
        #expect(report["shadow_connection"]?.status == .pass)
    }

    @Test func withoutAShadowItsChecksAreSkipped() throws {
        var context = try PreflightFixture().context()
        context.shadow = .notConfigured
        let report = try Preflight.run(context)
        #expect(report.passed && report.couldConnect)
        #expect(report["shadow_connection"]?.status == .skip)
        #expect(report["shadow_connection"]?.hint?.contains("--shadow") == true)
        #expect(report["shadow_privilege"]?.status == .skip)
    }

    @Test func aCopyWithoutFollowingNeedsNoSlot() throws {
        let cluster = try LocalCluster(.source, settings: ["wal_level": "replica", "max_replication_slots": "0"])
        try cluster.start()
        try cluster.run("CREATE TABLE t (a int)")
        let fixture = try PreflightFixture()
        var context = fixture.context(source: try cluster.connect())
        context.mode = .snapshot
        let report = try Preflight.run(context)
        #expect(report.passed)
        for id in ["wal_level", "max_replication_slots", "slot", "publication", "replica_identity"] {
            #expect(report[id]?.status == .skip, "\(id)")
        }
        #expect(report["select_privilege"]?.status == .pass)
    }

    @Test func aNamedTableMustExist() throws {
        var context = try PreflightFixture().context()
        context.tables = [try TablePattern("nope")]
        #expect {
            try Preflight.run(context)
        } throws: {
            ($0 as? PostgresError)?.message == "table \"nope\" does not exist"
        }
    }

    /// How long the checks take hangs on the number of statements, which must not grow with that of the tables.
    @Test(arguments: [3, 60]) func statementsDoNotGrowWithTheTables(tables: Int) throws {
        let cluster = try LocalCluster(
            .source, settings: ["log_statement": "all", "log_line_prefix": "[%a] ", "max_locks_per_transaction": "256"])
        try cluster.start()
        let creations = (1...tables).map { number in
            "CREATE TABLE t\(number) (id serial PRIMARY KEY, a text, b numeric); CREATE INDEX ON t\(number) (a);"
        }
        try cluster.run(creations.joined() + "CREATE PUBLICATION pub FOR ALL TABLES")
        let fixture = try PreflightFixture()
        var parameters = cluster.connectionString()
        parameters["application_name"] = "counted"
        let source = try Connection(parameters, interrupt: Interrupt())
        #expect(try Preflight.run(fixture.context(source: source))["select_privilege"]?.found == "\(tables) tables")
        let statements = cluster.logText().split(separator: "\n").count {
            $0.hasPrefix("[counted] LOG:  execute") || $0.hasPrefix("[counted] LOG:  statement")
        }
        #expect(statements > 10 && statements <= 35, "\(statements) statements")
    }

    /// The role that the product's documentation makes.
    @Test func theLeastPrivilegeIsEnough() throws {
        let fixture = try PreflightFixture(
            """
            CREATE TABLE users (id serial PRIMARY KEY, name text);
            CREATE TABLE orders (id int PRIMARY KEY, users_id int REFERENCES users);
            CREATE PUBLICATION pub FOR TABLE users, orders;
            """)
        let role = try fixture.role(
            "ALTER USER ROLE REPLICATION; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ROLE; "
                + "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO ROLE")
        let report = try Preflight.run(fixture.context(source: role))
        #expect(report.passed)
        for finding in report.findings {
            #expect(finding.status != .fail, "\(finding.id): \(finding.message)")
            // What it may not see is said, not passed over.
            if finding.status == .skip { #expect(finding.message.count > 10, "\(finding.id)") }
        }
        for id in [
            "pooler", "wal_level", "replication_privilege", "hba", "select_privilege", "row_security", "publication",
            "sequences", "collation", "encoding", "extensions", "policies", "compatibility",
        ] {
            #expect(report[id]?.status == .pass, "\(id): \(report[id]?.message ?? "")")
        }
        #expect(report["hba"]?.message.hasSuffix("not shown to user \"\(fixture.sourceDatabase.name)_role\"") == true)
    }

    @Test func nothingIsChanged() throws {
        let fixture = try PreflightFixture()
        try fixture.source.query("SET default_transaction_read_only = on")
        #expect(try Preflight.run(fixture.context()).passed)
    }
}

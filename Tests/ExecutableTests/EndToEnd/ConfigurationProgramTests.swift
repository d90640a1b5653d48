import Backfill
import Foundation
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// The configuration's keys, from the file and the environment to what they bring about.
@Suite(.blocking) struct ConfigurationProgramTests {
    @Test func serversNamesAndTables() throws {
        let source = try SharedCluster.database(.source)
        let shadow = try SharedCluster.database(.shadow)
        try source.run(
            """
            CREATE SCHEMA shop; CREATE TABLE shop.orders (id int PRIMARY KEY); CREATE TABLE shop.log (id int PRIMARY KEY);
            CREATE TABLE shop.log_old (id int PRIMARY KEY); CREATE TABLE other (id int PRIMARY KEY);
            INSERT INTO shop.orders VALUES (1)
            """)
        let file = """
            [source]
            host = "\(source.cluster.folder)"
            port = \(source.cluster.port)
            database = "\(source.name)"
            user = "${ROLE}"
            replication_slot = "\(source.name)_file"
            publication_name = "Pub of \(source.name)"
            [backfill]
            include_tables = ["shop.*"]
            exclude_tables = ["shop.log*"]
            """
        let program = try RunningProgram(
            ["run"],
            environment: ["ROLE": "postgres", "SCRY_BACKFILL_SHADOW__DSN": shadow.connectionString.conninfo],
            files: ["scry-backfill.toml": file])
        let (from, to) = (try source.connect(), try shadow.connect())
        try JobControl(to, slot: source.name + "_file").waitUntilCaughtUp(
            with: from, milliseconds: 60_000, interrupt: try Interrupt())
        program.kill(SIGTERM)
        #expect(try program.end().status == 0)
        let published = try from.query(
            "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = $1", ["Pub of \(source.name)"])
        #expect(published.rowCount == 1 && published[0, 1] == "orders")
        let tables = try to.query(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^(orders|log|other)'")
        #expect(tables.rowCount == 1 && tables[0, 0] == "orders")
        #expect(try to.query("SELECT id FROM shop.orders")[0, 0] == "1")
        _ = try from.query("SELECT pg_drop_replication_slot($1)", [source.name + "_file"])
    }

    /// Over a socket libpq encrypts nothing, whatever sslmode says.
    @Test func theModeOfTLS() throws {
        let server = try LocalCluster(.source, listensOnTCP: true)
        try server.start()
        let file = """
            [source]
            host = "127.0.0.1"
            port = \(server.port)
            user = "postgres"
            database = "postgres"
            ssl_mode = "verify-full"
            """
        let refused = try ProgramRun(["slots"], files: ["scry-backfill.toml": file])
        #expect(refused.status == 2)
        #expect(refused.errors.contains("server does not support SSL"), "\(refused.errors)")
        let weaker = try ProgramRun(
            ["slots"], environment: ["SCRY_BACKFILL_SOURCE__SSL_MODE": "disable"], files: ["scry-backfill.toml": file])
        #expect(weaker.status == 0)
    }

    @Test(arguments: [["config"], ["slots"], ["run"], ["-Xc", "select 1"]])
    func aFileThatCantBeRead(arguments: [String]) throws {
        let command =
            arguments.count == 1
            ? [arguments[0], "--config", "/nonexistent.toml"] : ["--config=/nonexistent.toml"] + arguments
        let run = try ProgramRun(command)
        #expect(run.status == 1)
        #expect(
            run.errors == """
                ERROR:  could not read configuration file "/nonexistent.toml": No such file or directory
                HINT:  Check the file's name and permissions.

                """)
    }
}

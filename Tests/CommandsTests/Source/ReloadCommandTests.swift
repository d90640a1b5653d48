import Commands
import Configuration
import Foundation
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct ReloadCommandTests {
    private let cluster: LocalCluster

    init() throws {
        cluster = try LocalCluster(.source)
        try cluster.start()
    }

    private func reload(as user: String = "postgres") throws -> Output {
        let interrupt = try Interrupt()
        let context = CommandContext(
            configuration: Configuration(), interrupt: interrupt,
            source: Server(.source, cluster.connectionString(user: user), interrupt: interrupt), shadow: nil)
        let (command, _) = try #require(CommandTable.find(["reload"]))
        return try command.run(context, Arguments())
    }

    @Test func saysWhatChangedAndWhatWaits() throws {
        let nothing = try reload()
        #expect(nothing.succeeded && nothing.text == "the server has read its configuration" && nothing.tables.isEmpty)
        try cluster.run("ALTER SYSTEM SET work_mem = '7MB'")
        try cluster.run("ALTER SYSTEM SET max_wal_senders = 7")
        let output = try reload()
        #expect(output.succeeded && output.warnings.isEmpty)
        #expect(output.tables.map(\.title) == ["Settings that changed", "Settings that wait for a restart"])
        #expect(output.tables[0].rows == [["work_mem", "4096 kB", "7168 kB"]])
        #expect(output.tables[1].rows == [["max_wal_senders", "20", "7"]])
        let json = try output.json()
        #expect((json["pending_restart"] as? [[String: Any]])?.first?["next"] as? String == "7")
        // They wait until the restart.
        #expect(try reload().tables.map(\.title) == ["Settings that wait for a restart"])
        try cluster.restart()
        #expect(try reload().tables.isEmpty)
    }

    /// The new rules hold for whoever connects after it.
    @Test func newRulesAreInForceAtItsEnd() throws {
        let file = cluster.dataDirectory + "/pg_hba.conf"
        for method in ["trust", "reject", "trust", "reject"] {
            try cluster.run(
                "COPY (SELECT unnest(ARRAY['local all postgres trust', 'local all all \(method)'])) TO '\(file)'")
            #expect(try reload().succeeded)
            #expect((try? cluster.connect(user: "nobody")) == nil)
            let message = #expect(throws: PostgresError.self) { try cluster.connect(user: "nobody") }?.message
            #expect(message?.contains("pg_hba.conf rejects") == (method == "reject"), "\(message ?? "")")
        }
    }

    @Test func aLineThatCantBeReadIsShown() throws {
        let file = cluster.dataDirectory + "/postgresql.auto.conf"
        try cluster.run("COPY (SELECT 'work_mem = ''9MB''' UNION ALL SELECT 'no_such_setting = 1') TO '\(file)'")
        let output = try reload()
        #expect(!output.succeeded)
        #expect(output.text == "the server has read pg_hba.conf, and refused postgresql.conf")
        #expect(
            output.warnings == ["\(file) line 2 (no_such_setting): unrecognized configuration parameter"])
        // A value that does not fit is the setting's own misfortune.
        try cluster.run("COPY (SELECT 'work_mem = ''9MB''' UNION ALL SELECT 'deadlock_timeout = x') TO '\(file)'")
        let half = try reload()
        #expect(!half.succeeded && half.text == "the server has read its configuration")
        #expect(half.tables.first?.rows == [["work_mem", "4096 kB", "9216 kB"]])
        #expect(half.warnings == ["\(file) line 2 (deadlock_timeout): setting could not be applied"])
    }

    @Test func thePrivilegeMayBeGranted() throws {
        try cluster.run("CREATE ROLE app LOGIN")
        let error = try #require(#expect(throws: PostgresError.self) { try reload(as: "app") })
        #expect(error.sqlState == .insufficientPrivilege)
        #expect(error.hint?.contains("GRANT EXECUTE ON FUNCTION pg_catalog.pg_reload_conf() TO \"app\";") == true)
        try cluster.run("GRANT EXECUTE ON FUNCTION pg_catalog.pg_reload_conf() TO app")
        let output = try reload(as: "app")
        #expect(output.succeeded && output.warnings.count == 1)
        #expect(output.warnings[0] == "errors in the files are not shown, as user \"app\" may not see them")
    }
}

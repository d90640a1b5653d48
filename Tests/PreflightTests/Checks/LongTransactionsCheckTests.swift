import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

/// On a server of its own: transactions of all its databases count.
@Suite(.blocking) struct LongTransactionsCheckTests {
    let cluster: LocalCluster
    let fixture: PreflightFixture

    init() throws {
        cluster = try LocalCluster(.source, settings: ["max_prepared_transactions": "5"])
        try cluster.start()
        try cluster.run("CREATE TABLE t (a int PRIMARY KEY)")
        try cluster.createDatabase("other")
        fixture = try PreflightFixture()
    }

    /// - Parameter threshold: from which age on a transaction is long.
    private func finding(_ threshold: Int = 0, user: String = "postgres") throws -> Preflight.Finding {
        var context = fixture.context(source: try cluster.connect(user: user))
        context.longTransactionSeconds = threshold
        return try #require(try Preflight.run(context)["long_transactions"])
    }

    @Test func noneRuns() throws {
        // What only reads holds nothing up.
        let reader = try cluster.connect()
        try reader.query("BEGIN; SELECT * FROM t")
        #expect(try finding().message == "no transaction would delay the slot")
    }

    @Test func aRunningOneIsNamed() throws {
        let writer = try cluster.connect(database: "other")
        try writer.query("SET application_name = 'night job'; BEGIN; SELECT txid_current(), 'a  b'")
        let finding = try finding()
        #expect(finding.status == .warn && finding.message == "1 transaction would delay the creation of the slot")
        let found = try #require(finding.found)
        #expect(
            found.hasPrefix("pid \(writer.serverProcessID) (night job, user \"postgres\", database \"other\", for "))
        #expect(
            found.hasSuffix(
                "idle in transaction): SET application_name = 'night job'; BEGIN; SELECT txid_current(), 'a b'"))
        #expect(finding.fixSQL == "SELECT pg_terminate_backend(\(writer.serverProcessID));")
        #expect(finding.fix?.place == .sourceByHand)
        // A short one is no fault.
        #expect(try self.finding(3600).message == "1 writing transaction, none older than 60 min")
    }

    @Test func aPreparedOneIsNamed() throws {
        try cluster.run("BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION 'it''s';")
        let finding = try finding()
        #expect(
            finding.found?.hasPrefix("prepared transaction \"it's\" (user \"postgres\", database \"postgres\"") == true)
        try cluster.run(try #require(finding.fixSQL))
        #expect(try self.finding().status == .pass)
    }

    @Test func whatIsNotShownIsSaid() throws {
        try cluster.run("CREATE ROLE repl LOGIN REPLICATION")
        let writer = try cluster.connect()
        try writer.query("BEGIN; SELECT txid_current()")
        let hidden = try finding(user: "repl")
        #expect(hidden.status == .skip && hidden.message == "the age of 1 transaction of other users is not shown")
        #expect(hidden.found?.contains("begun ") == true)
        try cluster.run(try #require(hidden.fixSQL))
        #expect(try finding(user: "repl").status == .warn)
    }
}

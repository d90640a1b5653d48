import Testing

@testable import Shell

@Suite struct StatementKindTests {
    @Test(arguments: [
        "begin", "  COMMIT;", "/* a */ start transaction", "-- x\nrollback", "prepare transaction 'x'", "vacuum t",
        "cluster", "create database x", "create unique index concurrently i", "create tablespace x", "alter system set",
        "drop index concurrently i", "reindex database x", "reindex table concurrently t", "discard all", "end",
    ])
    func startsNoTransaction(_ statement: String) {
        #expect(StatementKind(Array(statement.utf8)).needsNoTransaction)
    }

    @Test(arguments: [
        "select 1", "prepare x as select 1", "cluster t", "create table t()", "create index i", "alter table t",
        "drop table t", "discard temp", "beginx", "", "savepoint a",
    ])
    func startsOne(_ statement: String) {
        #expect(!StatementKind(Array(statement.utf8)).needsNoTransaction)
    }

    @Test func selects() {
        for statement in ["select 1", " ( (VALUES (1))", "/* x */ SELECT"] {
            #expect(StatementKind(Array(statement.utf8)).isSelect)
        }
        for statement in ["with a as (select 1) select 1", "selectx", "table t"] {
            #expect(!StatementKind(Array(statement.utf8)).isSelect)
        }
    }

    @Test(arguments: [
        (0.5, "Time: 0.500 ms\n"), (999.999, "Time: 999.999 ms\n"), (61_234.567, "Time: 61234.567 ms (01:01.235)\n"),
        (3_600_000, "Time: 3600000.000 ms (01:00:00.000)\n"),
        (90_061_001, "Time: 90061001.000 ms (1 d 01:01:01.001)\n"),
    ])
    func timing(_ milliseconds: Double, _ text: String) {
        #expect(Timing.describe(milliseconds: milliseconds) == text)
    }
}

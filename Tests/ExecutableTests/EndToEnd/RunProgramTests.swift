import Backfill
import Glibc
import Libpq
import LocalCluster
import Testing
import Waiting

/// `scry-backfill run` from its start to its end.
@Suite(.blocking) struct RunProgramTests {
    @Test func followsUntilItIsToldToStop() throws {
        let source = try SharedCluster.database(.source)
        let shadow = try SharedCluster.database(.shadow)
        try source.run("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 1000)")
        let slot = source.name + "_run"
        let arguments = [
            "run", "--source", source.connectionString.conninfo, "--shadow", shadow.connectionString.conninfo,
            "--source.replication_slot", slot,
        ]
        for attempt in 1...2 {
            let program = try RunningProgram(arguments)
            let (from, to) = (try source.connect(), try shadow.connect())
            try source.run("INSERT INTO t VALUES (-\(attempt))")
            try JobControl(to, slot: slot).waitUntilCaughtUp(
                with: from, milliseconds: 60_000, interrupt: try Interrupt())
            #expect(try to.query("SELECT count(*) FROM t")[0, 0] == String(1000 + attempt))
            program.kill(attempt == 1 ? SIGTERM : SIGINT)
            let run = try program.end()
            #expect(run.status == 0)
            #expect(run.output == "")
            #expect(run.errors.contains("NOTICE:  ended: stopped | 1 of 1 tables"), "\(run.errors)")
            #expect(!run.errors.contains("ERROR"))
        }
        _ = try source.connect().query("SELECT pg_drop_replication_slot($1)", [slot])
    }

    @Test func anErrorThatNeedsAPersonEndsIt() throws {
        let shadow = try SharedCluster.database(.shadow)
        let nowhere = try SharedCluster.cluster().connectionString(database: "nowhere").conninfo
        let run = try ProgramRun(["run", "--source", nowhere, "--shadow", shadow.connectionString.conninfo])
        #expect(run.status == 1)
        #expect(run.errors.contains("database \"nowhere\" does not exist"))
        #expect(run.errors.contains("HINT:  "))
        #expect(try shadow.connect().query("SELECT to_regnamespace('scry_backfill') IS NULL")[0, 0] == "t")
    }

    @Test func itNeedsAShadow() throws {
        let run = try ProgramRun(["run"])
        #expect(run.status == 1)
        #expect(run.errors.contains("no shadow is configured"))
        #expect(run.errors.contains("HINT:  "))
    }
}

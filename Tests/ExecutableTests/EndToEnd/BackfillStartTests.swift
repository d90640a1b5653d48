import Foundation
import Glibc
import Libpq
import LocalCluster
import Testing
import Waiting

/// `backfill start`: the engine detached, and what is said of it.
@Suite(.blocking) struct BackfillStartTests {
    private let source: TestDatabase
    private let shadow: TestDatabase
    private let options: [String]
    /// What an engine that is left running is found by when the server ends.
    private let mark: [String: String]

    init() throws {
        source = try SharedCluster.database(.source)
        shadow = try SharedCluster.database(.shadow)
        options = [
            "--source", source.connectionString.conninfo, "--shadow", shadow.connectionString.conninfo,
            "--source.replication_slot", source.name + "_start",
        ]
        let mark = shadow.cluster.dependentMark
        self.mark = [mark.name: mark.value]
        try source.run("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 1000)")
    }

    /// A predecessor that was killed must not lend its pid to what is said of its successor.
    @Test func namesTheEngineThatItStarted() throws {
        var pids: [Int32] = []
        for _ in 1...2 {
            let run = try ProgramRun(["backfill", "start", "--json"] + options, environment: mark)
            #expect(run.status == 0, "\(run.errors)")
            let document = try #require(
                try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
            let engine = try #require(document["engine"] as? [String: Any])
            #expect(engine["running"] as? Bool == true)
            let pid = Int32(try #require(engine["pid"] as? Int))
            #expect(kill(pid, 0) == 0)
            pids.append(pid)
            let again = try ProgramRun(["backfill", "start"] + options, environment: mark)
            #expect(again.output.hasPrefix("the engine is already running (pid \(pid))"))
            #expect(kill(pid, SIGKILL) == 0)
        }
        #expect(Set(pids).count == 2)
        #expect(try ProgramRun(["backfill", "reset", "--drop-slot", "--yes"] + options, environment: mark).status == 0)
    }

    @Test func aJobWhoseSlotIsGoneIsFound() throws {
        try #require(try ProgramRun(["backfill", "start"] + options, environment: mark).status == 0)
        try #require(
            try ProgramRun(["backfill", "wait", "caught-up", "--timeout", "60"] + options, environment: mark).status
                == 0)
        try #require(try ProgramRun(["backfill", "stop"] + options, environment: mark).status == 0)
        try #require(
            try ProgramRun(["slot", "drop", source.name + "_start", "--yes"] + options, environment: mark).status == 0)
        let check = try ProgramRun(["check-connections"] + options, environment: mark)
        #expect(check.status == 1)
        #expect(check.output.contains("of the job does not exist any more"))
        let start = try ProgramRun(["backfill", "start"] + options, environment: mark)
        #expect(start.status == 1)
        #expect(start.errors.contains("does not exist any more"))
        #expect(start.errors.contains("\\backfill resync --all"))
        #expect(
            try ProgramRun(["backfill", "resync"] + options, environment: mark).errors.contains("either tables or"))
        try source.run("DELETE FROM t WHERE id <= 500")
        let again = try ProgramRun(["backfill", "resync", "--all"] + options, environment: mark)
        #expect(again.status == 0 && again.output.contains("public.t is copied again"), "\(again.errors)")
        #expect(again.output.contains("\\backfill start begins with them"))
        for command in [["start"], ["wait", "caught-up", "--timeout", "60"], ["stop"]] {
            let run = try ProgramRun(["backfill"] + command + options, environment: mark)
            #expect(run.status == 0, "\(command): \(run.errors)")
        }
        #expect(try shadow.connect().query("SELECT count(*) FROM t")[0, 0] == "500")
        #expect(try ProgramRun(["backfill", "reset", "--drop-slot", "--yes"] + options, environment: mark).status == 0)
    }
}

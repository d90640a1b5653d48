import Libpq
import LocalCluster
import Testing
import Waiting

/// psql's command line and its exit statuses.
@Suite(.blocking) struct ShellProgramTests {
    private let database: TestDatabase

    init() throws { database = try SharedCluster.database() }

    private func run(
        _ arguments: String..., input: String = "", name: String = "scry-backfill", files: [String: String] = [:]
    ) throws -> ProgramRun {
        try ProgramRun(["-d", database.connectionString.conninfo] + arguments, input: input, name: name, files: files)
    }

    @Test(arguments: ["scry-backfill", "psql"])
    func clusteredOptions(name: String) throws {
        let run = try run("-XAtc", "select 1, 'ä'", name: name)
        #expect(run.output == "1|ä\n")
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test func exitStatuses() throws {
        #expect(try run("-Xc", "select 1/0").status == 1)
        #expect(try run("-X", "-c", "select 1/0", "-c", "select 1").status == 0)
        #expect(try run("-X", input: "select 1/0;\n").status == 0)
        #expect(try run("-X", "-v", "ON_ERROR_STOP=1", input: "select 1/0;\n").status == 3)
        #expect(try run("-X", "-v", "ON_ERROR_STOP=1", input: "\\if true\nselect 1;\n").status == 3)
        #expect(try run("-y").status == 1)
        #expect(try run("-X", "-1").status == 0)
    }

    @Test func aScriptsErrorsSayWhere() throws {
        let run = try run("-X", "-f", "s.sql", files: ["s.sql": "select 1;\nselect 1/0;\n"])
        #expect(run.errors == "scry-backfill:s.sql:2: ERROR:  division by zero\n")
        let psql = try self.run("-X", "-f", "s.sql", name: "psql", files: ["s.sql": "select 1;\nselect 1/0;\n"])
        #expect(psql.errors == "psql:s.sql:2: ERROR:  division by zero\n")
    }

    @Test func aScriptThatCanNotBeRead() throws {
        let run = try run("-X", "-f", "missing.sql")
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("scry-backfill: error: missing.sql: No such file or directory\n"))
        #expect(run.errors.lowercased().contains("hint: "))
    }

    @Test func anUnknownBackslashCommand() throws {
        let run = try run("-Xc", "\\slost")
        #expect(run.status == 1)
        #expect(run.errors.contains("invalid command \\slost"))
        #expect(run.errors.contains("Perhaps you meant \"\\slots\"."))
    }

    /// What was meant for the shadow must never reach the source.
    @Test func aScriptWhoseTargetFailsRunsNothing() throws {
        let script = "\\use shadow\ncreate table oops ();\n"
        let shadow = "--shadow=host=/nonexistent dbname=x"
        let file = try run("-X", shadow, "-f", "s.sql", files: ["s.sql": script])
        #expect(file.status == 2)
        #expect(file.errors.contains("HINT:"))
        let input = try run("-X", shadow, input: script)
        #expect(input.status == 2)
        for word in ["shadow", "shdow"] {
            let commands = try run("-X", "-c", "\\use \(word)", "-c", "create table oops ()")
            #expect(commands.status == 1)
            #expect(commands.errors.hasSuffix("You are currently not connected to a database.\n"))
        }
        #expect(try run("-XAtc", "select to_regclass('oops') is null").output == "t\n")
    }

    @Test func aTargetThatFailedCanBeReplaced() throws {
        let run = try run("-XAtq", "-c", "\\use shadow", "-c", "\\use source", "-c", "select 7")
        #expect(run.status == 0)
        #expect(run.output == "7\n")
    }

    @Test func aTransactionAroundAll() throws {
        let run = try run("-X", "-v", "ON_ERROR_STOP=1", "-1", "-c", "create table t ()", "-c", "select 1/0")
        #expect(run.status == 1)
        #expect(try self.run("-XAtc", "select to_regclass('t') is null").output == "t\n")
    }

    @Test func passwordsLeaveTheProcessTitle() throws {
        let string = database.connectionString.merging(["password": "geheim"]).conninfo
        let run = try ProgramRun(["--source", string, "-Xc", "\\! tr '\\0' ' ' < /proc/$PPID/cmdline"])
        #expect(run.output.contains("--source"))
        #expect(!run.output.contains("geheim"))
    }

    @Test func surplusArguments() throws {
        let run = try ProgramRun(["-d", database.connectionString.conninfo, "postgres", "surplus", "-XAtc", "select 1"])
        #expect(run.errors == "scry-backfill: warning: extra command-line argument \"surplus\" ignored\n")
        #expect(run.output == "1\n")
    }
}

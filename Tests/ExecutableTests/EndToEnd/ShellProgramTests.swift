import Libpq
import LocalCluster
import Testing

/// psql's command line and its exit statuses.
@Suite struct ShellProgramTests {
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

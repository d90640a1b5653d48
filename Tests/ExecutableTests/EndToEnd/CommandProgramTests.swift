import Foundation
import Libpq
import LocalCluster
import Testing
import Waiting

/// Commands as `scry-backfill NAME …`.
@Suite(.blocking) struct CommandProgramTests {
    private func json(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    @Test func aTableOrOneDocument() throws {
        let database = try SharedCluster.database()
        let source = database.connectionString.conninfo
        let table = try ProgramRun(["slots", "--source", source])
        #expect(table.status == 0)
        #expect(table.output.contains("| "))
        let document = try ProgramRun(["--source", source, "slots", "--json"])
        #expect(document.status == 0)
        #expect(document.errors == "")
        #expect(throws: Never.self) { try json(document.output) }
    }

    @Test func theSourceIsGivenAsToPsql() throws {
        let cluster = try SharedCluster.cluster()
        let run = try ProgramRun(
            ["slots", "--json", "-h", cluster.folder, "-p", String(cluster.port), "-U", "postgres", "-d", "postgres"])
        #expect(run.status == 0)
        let variables = [
            "PGHOST": cluster.folder, "PGPORT": String(cluster.port), "PGUSER": "postgres", "PGDATABASE": "postgres",
        ]
        #expect(try ProgramRun(["slots"], environment: variables).status == 0)
    }

    @Test func twoWordsAndOperands() throws {
        let database = try SharedCluster.database()
        let source = ["--source", database.connectionString.conninfo]
        let slot = database.name + "_slot"
        #expect(try ProgramRun(["slot", "create", slot] + source).status == 0)
        #expect(try ProgramRun(["slot", "create", slot] + source).status == 0)
        let unconfirmed = try ProgramRun(["slot", "drop", slot] + source)
        #expect(unconfirmed.status == 1)
        #expect(unconfirmed.errors.contains("HINT:  Add --yes"))
        #expect(try ProgramRun(["slot", "drop", slot, "--yes"] + source).status == 0)
    }

    @Test func unknownCommandsAndOptions() throws {
        let craete = try ProgramRun(["slot", "craete", "a"])
        #expect(craete.status == 1)
        #expect(craete.errors.contains("unknown command \"slot craete a\""))
        #expect(craete.errors.contains("hint: "))
        let option = try ProgramRun(["slots", "--jsno"])
        #expect(option.status == 1)
        #expect(option.errors.contains("Perhaps you meant \"--json\"."))
        let operands = try ProgramRun(["slots", "a", "b"])
        #expect(operands.errors.contains("hint: Usage: scry-backfill slots [PATTERN]\n"))
    }

    @Test func helpForEachCommand() throws {
        for words in [["slots"], ["slot", "create"], ["check-connections"], ["run"], ["config"]] {
            let run = try ProgramRun(words + ["--help"])
            #expect(run.status == 0)
            #expect(run.output.contains("scry-backfill " + words.joined(separator: " ")), "\(words)")
            #expect(run.output.contains("--source"))
            #expect(run.errors == "")
        }
        #expect(try ProgramRun(["--help=commands"]).output.contains("\\slot create NAME"))
        #expect(try ProgramRun(["--help=variables"]).output.contains("ON_ERROR_STOP"))
        let all = try ProgramRun(["--help"])
        #expect(all.output.contains("check-connections") && all.output.contains("-c, --command=COMMAND"))
    }

    @Test func aPlusAfterTheName() throws {
        let database = try SharedCluster.database()
        let run = try ProgramRun(["slots+", "--source", database.connectionString.conninfo])
        #expect(run.status == 0)
        #expect(run.output.contains("| invalidation reason"))
    }

    @Test func documentsHaveTheSameKeysWhateverIsKnown() throws {
        let shadow = try SharedCluster.database(.shadow)
        let status = try ProgramRun([
            "backfill", "status", "--json", "--source", "host=/nonexistent", "--shadow",
            shadow.connectionString.conninfo,
        ])
        #expect(status.status == 0)
        let document = try #require(try json(status.output) as? [String: Any])
        let engine = try #require(document["engine"] as? [String: Any])
        #expect(Set(engine.keys) == ["running", "pid", "host", "since"])
        #expect(Set((document["lag"] as? [String: Any] ?? [:]).keys) == ["bytes", "seconds"])
        let config = try #require(try json(try ProgramRun(["config", "--json"]).output) as? [String: Any])
        #expect(config["file"] is NSNull)
        let settings = try #require(config["settings"] as? [[String: Any]])
        #expect(settings.allSatisfy { Set($0.keys) == ["key", "value", "origin", "help"] })
    }

    @Test func theConfigurationWithItsOrigins() throws {
        let file = "[backfill]\njobs = 7\n[source]\npassword = \"${SECRET}\"\n"
        let run = try ProgramRun(
            ["config", "--json", "--shadow", "postgresql://u:geheim@h/d", "--backfill.index_jobs", "2"],
            environment: ["SECRET": "geheim", "SCRY_BACKFILL_BACKFILL__MODE": "cdc"],
            files: ["scry-backfill.toml": file])
        #expect(run.status == 0)
        #expect(!run.output.contains("geheim"))
        struct Document: Decodable {
            struct Setting: Decodable {
                let key: String
                let value: String?
                let origin: String
            }
            let settings: [Setting]
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8))
        func setting(_ key: String) -> String {
            document.settings.first { $0.key == key }.map { "\($0.value ?? "-") \($0.origin)" } ?? ""
        }
        #expect(setting("backfill.jobs") == "7 file scry-backfill.toml:2")
        #expect(setting("backfill.index_jobs") == "2 option --backfill.index_jobs")
        #expect(setting("backfill.mode") == "cdc environment SCRY_BACKFILL_BACKFILL__MODE")
        #expect(setting("source.password") == "******** file scry-backfill.toml:4")
        #expect(setting("metrics.listen") == "- default")
        let table = try ProgramRun(["config"], files: ["scry-backfill.toml": "[backfill]\njobs = 7\n"])
        #expect(table.output.contains("| 7"))
        #expect(table.output.contains("scry-backfill.toml:2"))
    }

    @Test(arguments: [["config"], ["slots"], ["run"], ["-Xc", "select 1"]])
    func anUnknownKeyStopsEverything(arguments: [String]) throws {
        let run = try ProgramRun(arguments, files: ["scry-backfill.toml": "[backfill]\njosb = 7\n"])
        #expect(run.status == 1)
        #expect(run.output == "")
        #expect(
            run.errors == """
                ERROR:  unrecognized configuration key "backfill.josb" in file "scry-backfill.toml" line 2
                HINT:  Perhaps you meant "backfill.jobs".

                """)
    }
}

import Commands
import Testing

@testable import scry_backfill

@Suite struct RouteTests {
    private static let commands = ["slots", "slot create", "slot drop", "backfill", "backfill status"].map { name in
        Command(name, "", help: "") { _, _ in Output([], document: "") }
    }

    /// As `kind name: words`.
    private func route(_ arguments: String...) -> String {
        switch Route(arguments, subcommands: ["run", "config"], commands: Self.commands) {
        case .shell: "shell"
        case .subcommand(let words): "subcommand: \(words.joined(separator: " "))"
        case .command(let command, let words): "command \(command.name): \(words.joined(separator: " "))"
        case .incomplete(let words, let candidates): "incomplete \(words.joined(separator: " ")): \(candidates.count)"
        }
    }

    @Test func theFirstWordDecides() {
        #expect(route() == "shell")
        #expect(route("run") == "subcommand: run")
        #expect(route("slots", "--json") == "command slots: --json")
        #expect(route("slot", "create", "s") == "command slot create: s")
        #expect(route("backfill", "status") == "command backfill status: ")
        #expect(route("backfill", "--json") == "command backfill: --json")
        #expect(route("shop") == "shell")
        #expect(route("slots+") == "shell")
        #expect(route("-h", "host", "slots") == "shell")
        #expect(route("-c", "run") == "shell")
    }

    @Test func configurationMayStandBeforeIt() {
        #expect(
            route("--source", "host=a", "--config=x", "run", "-v") == "subcommand: run --source host=a --config=x -v")
        #expect(route("--shadow=b", "slots") == "command slots: --shadow=b")
        #expect(route("--source", "run") == "shell")
    }

    @Test func aPlusAsksForMore() throws {
        let tables = Command("tables", "", help: "", grammar: Grammar(takesPlus: true)) { _, _ in
            Output([], document: "")
        }
        guard case .command(let command, let words) = Route(["tables+", "a*"], subcommands: [], commands: [tables])
        else {
            Issue.record("no command")
            return
        }
        #expect(command.name == "tables" && words == ["--verbose", "a*"])
    }

    @Test func aCommandsFirstWordAloneIsIncomplete() {
        #expect(route("slot") == "incomplete slot: 2")
        #expect(route("slot", "craete", "s", "--json") == "incomplete slot craete s: 2")
    }

    @Test func hints() {
        func hint(_ name: String) -> String? {
            Route.hint(forDatabase: name, subcommands: ["run"], commands: Self.commands)
        }
        #expect(hint("bakfill") == "\"bakfill\" was taken for a database. Perhaps you meant the command \"backfill\".")
        #expect(hint("slots")?.contains("put it first") == true)
        #expect(hint("production") == nil)
    }
}

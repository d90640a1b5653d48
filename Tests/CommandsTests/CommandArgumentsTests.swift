import Postgres
import Testing

@testable import Commands

@Suite struct CommandArgumentsTests {
    private struct Sample: CommandArguments, Equatable {
        var name = ""
        var tables: [String] = []
        var yes = false
        var timeout: Double?
        var plus = false

        static var declared: [Argument<Self>] {
            [
                .operand(\.name), .operands(\.tables, .tables), .flag("--yes", \.yes),
                .seconds("--timeout", \.timeout), .plus(\.plus),
            ]
        }
    }

    /// What a command's function gets for these words.
    private func read(_ words: String...) throws -> Sample {
        let command = Command("sample", "", help: "", grammar: Grammar(Sample.declared)) { _, _ in
            Output([], document: "")
        }
        return try Sample(try command.grammar.parse(words, of: command))
    }

    @Test func theGrammarIsMadeOfWhatIsDeclared() {
        let grammar = Grammar(Sample.declared)
        #expect(grammar.operands == 1...Int.max)
        #expect(grammar.completion == .tables)
        #expect(grammar.options.map(\.name) == ["--yes", "--timeout"])
        #expect(grammar.options.map(\.value) == [nil, "SECONDS"])
        #expect(grammar.takesPlus && !grammar.takesLine)
    }

    @Test func wordsSetTheFields() throws {
        #expect(try read("a") == Sample(name: "a"))
        #expect(try read("a", "--yes", "b", "c") == Sample(name: "a", tables: ["b", "c"], yes: true))
        #expect(try read("a", "--timeout=1.5", "--verbose") == Sample(name: "a", timeout: 1.5, plus: true))
    }

    @Test(arguments: ["x", "-1", "inf", ""]) func aValueThatCannotBeReadIsAnError(_ text: String) {
        let error = #expect(throws: PostgresError.self) { try read("a", "--timeout=" + text) }
        #expect(error?.message == "invalid value for \"--timeout\": \"\(text)\"")
        #expect(error?.hint == "It must be a number, at least 0.0.")
    }

    @Test func theSynopsisNamesEveryOption() {
        for command in CommandTable.all {
            for option in command.grammar.options {
                #expect(command.synopsis.contains(option.name), "\(command.name)")
            }
        }
    }
}

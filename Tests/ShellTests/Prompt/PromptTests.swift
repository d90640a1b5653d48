import Testing

@testable import Shell

@Suite struct PromptTests {
    private func facts() -> PromptFacts {
        var facts = PromptFacts()
        facts.connection = .init(
            database: "shop", user: "ann", sessionUser: "ann", host: "db1.example.com", port: "5433", processID: 77,
            isSuperuser: true, transaction: .idle)
        return facts
    }

    private func prompt(_ template: String, _ change: (inout PromptFacts) -> Void = { _ in }) -> String {
        var facts = facts()
        change(&facts)
        return Prompt(
            facts: facts, variable: { $0 == "v" ? "5" : nil }, commandOutput: { "<\($0)>" }
        ).expand(template)
    }

    @Test func theDefaultPromptShowsTheTarget() {
        #expect(prompt(Prompt.defaultPrompt) == "shop=# ")
        #expect(prompt(Prompt.defaultPrompt) { $0.target = .shadow } == "shop (shadow)=# ")
        #expect(prompt(Prompt.defaultPrompt) { $0.connection?.isSuperuser = false } == "shop=> ")
        #expect(prompt(Prompt.defaultPrompt) { $0.connection?.transaction = .open } == "shop=*# ")
        #expect(prompt(Prompt.defaultPrompt) { $0.connection?.transaction = .failed } == "shop=!# ")
        #expect(prompt(Prompt.defaultPrompt) { $0.connection = nil } == "!?> ")
    }

    @Test(arguments: [
        (PromptStatus.continuation, "-"), (.singleQuote, "'"), (.doubleQuote, "\""), (.dollarQuote, "$"),
        (.comment, "*"), (.parenthesis, "("), (.ready, "="), (.copy, ""),
    ])
    func theLetterShowsWhatIsOpen(_ status: PromptStatus, _ letter: String) {
        #expect(prompt("%R") { $0.status = status } == letter)
    }

    @Test func theMarkOfAReadyPrompt() {
        #expect(prompt("%R") { $0.isActive = false } == "@")
        #expect(prompt("%R") { $0.isSingleLine = true } == "^")
    }

    @Test func escapes() {
        #expect(prompt("%M|%m|%>|%n|%/|%~|%p|%l|%%|%T") == "db1.example.com|db1|5433|ann|shop|shop|77|1|%|source")
        #expect(prompt("%~") { $0.connection?.user = "shop" } == "~")
        #expect(prompt("%:v:%:none:x") == "5x")
        #expect(prompt("%`date`!") == "<date>!")
        #expect(prompt("%033x") == "\u{1B}x")
        #expect(prompt("%wx") { $0.firstPromptWidth = 3 } == "   x")
        #expect(prompt("%M") { $0.connection?.host = "/run/pg" } == "[local:/run/pg]")
        #expect(prompt("%M %m") { $0.connection?.host = "/var/run/postgresql" } == "[local] [local]")
        #expect(prompt("x%") == "x")
    }

    @Test func whatTakesNoRoomIsMarked() {
        let text = prompt("%[%033[1m%]a%[%033[0m%]")
        #expect(text == "\u{1}\u{1B}[1m\u{2}a\u{1}\u{1B}[0m\u{2}")
        #expect(Prompt.visible(text) == "a")
    }
}

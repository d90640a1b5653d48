import Glibc
import Libpq
import Postgres
import Synchronization
import Testing

@testable import Shell

/// At a pseudo-terminal of the dumbest kind, one editor at a time: its signal handlers are the process's.
@Suite(.serialized) struct LineEditorTests {
    /// Runs an editor that reads until the end of input; `user` plays the person.
    private func session(
        history: [String] = [], complete: (@Sendable (String) -> Completion?)? = nil,
        _ user: @escaping @Sendable (PseudoTerminal, Interrupt, (String) -> Void) -> Void
    ) async throws -> [LineEditor.Line] {
        let terminal = try PseudoTerminal()
        let interrupt = try Interrupt()
        let mailbox = Mutex<TerminalMessages?>(nil)
        async let typing: Void = onThread("user") { _ in
            user(terminal, interrupt) { text in mailbox.withLock { $0?.post(text) } }
            // An editor that still waits because an expectation failed.
            if terminal.hasFailed { interrupt.fire() }
        }
        let lines = try await onThread("editor") { _ throws(PostgresError) in
            unsafe unsetenv("TERM")
            LineEditor.prepareLocale()
            let editor = try LineEditor(
                program: "test", interrupt: interrupt, historySize: 10, input: terminal.slave, output: terminal.slave)
            editor.complete = complete
            mailbox.withLock { $0 = editor.messages }
            for statement in history { editor.addHistory(statement) }
            var lines: [LineEditor.Line] = []
            while lines.count < 20 {
                let line = editor.readLine(prompt: "first line\nready=> ")
                lines.append(line)
                if line == .interrupted { interrupt.clear() }
                if line == .eof || terminal.hasFailed { break }
            }
            return lines
        }
        try await typing
        return lines
    }

    private func line(_ text: String) -> LineEditor.Line { .line(Array(text.utf8)) }

    @Test func readsLinesUntilControlD() async throws {
        let lines = try await session { terminal, _, _ in
            terminal.expect("first line\r\n")
            terminal.expectPrompt()
            terminal.type("SELECT 'é漢🙂e\u{301}';\r")
            terminal.expectPrompt()
            terminal.type("\r")
            terminal.expectPrompt()
            terminal.leave()
        }
        #expect(lines == [line("SELECT 'é漢🙂e\u{301}';"), line(""), .eof])
    }

    @Test func keysOfCommonTerminals() async throws {
        let lines = try await session(history: ["SELECT\n  1;"]) { terminal, _, _ in
            terminal.expectPrompt()
            terminal.type("bc\u{1B}[1~a\u{1B}[4~d\r")
            terminal.expectPrompt()
            terminal.type("ab cd\u{1B}[1;5D\u{1B}[3~x\r")
            terminal.expectPrompt()
            terminal.type("\u{1B}[A\r")
            terminal.expectPrompt()
            terminal.leave()
        }
        #expect(lines == [line("abcd"), line("ab xd"), line("SELECT"), line("  1;"), .eof])
    }

    @Test func interruptClearsTheLine() async throws {
        let lines = try await session(history: ["old"]) { terminal, interrupt, _ in
            terminal.expectPrompt()
            terminal.type("SELECT")
            terminal.expect("SELECT")
            interrupt.fire()
            terminal.expect("^C")
            terminal.expectPrompt()
            terminal.type("\u{12}ol")
            terminal.expect("bck")
            interrupt.fire()
            terminal.expect("^C")
            terminal.expectPrompt()
            terminal.type("next\r")
            terminal.expectPrompt()
            terminal.leave()
        }
        #expect(lines == [.interrupted, .interrupted, line("next"), .eof])
    }

    @Test func pasteIsTakenAsItIs() async throws {
        let wrong: @Sendable (String) -> Completion? = { _ in Completion(word: "", candidates: [.init("WRONG")]) }
        let lines = try await session(complete: wrong) {
            terminal, _, _ in
            terminal.expectPrompt()
            terminal.type("\u{1B}[200~SELECT 1,\r\t2;\nSELECT 3\u{1B}[201~;\r")
            terminal.expect("\u{1B}[?2004l")
            terminal.expectPrompt()
            terminal.leave()
        }
        #expect(lines == [line("SELECT 1,"), line("\t2;"), line("SELECT 3;"), .eof])
    }

    @Test func completesAndLists() async throws {
        let names = ["orders", "order_items", "users"]
        let complete: @Sendable (String) -> Completion? = { text in
            let word = String(text.split(separator: " ", omittingEmptySubsequences: false).last ?? "")
            return Completion(word: word, candidates: names.filter { $0.hasPrefix(word) }.map { .init($0) })
        }
        let lines = try await session(complete: complete) { terminal, _, _ in
            terminal.expectPrompt()
            terminal.type("TABLE u\t;\r")
            terminal.expectPrompt()
            terminal.type("TABLE o\t\t\t")
            terminal.expect("orders       order_items")
            terminal.expect("order")
            terminal.type("s\t;\r")
            terminal.expectPrompt()
            terminal.leave()
        }
        #expect(lines == [line("TABLE users ;"), line("TABLE orders ;"), .eof])
    }

    @Test func messagesComeAboveTheLine() async throws {
        let lines = try await session { terminal, _, post in
            terminal.expectPrompt()
            terminal.type("SELECT")
            terminal.expect("SELECT")
            post("snapshot done")
            terminal.expect("snapshot done\r\n")
            terminal.expect("SELECT")
            terminal.type(" 1;\r")
            terminal.expectPrompt()
            terminal.leave()
        }
        #expect(lines == [line("SELECT 1;"), .eof])
    }
}

extension PseudoTerminal {
    /// A new line's prompt, not one that is drawn again: libedit has the terminal by then.
    fileprivate func expectPrompt() {
        expect("\u{1B}[?2004h")
        expect("ready=> ")
    }

    /// Control-D on an empty line, until the editor has gone.
    fileprivate func leave() {
        type("\u{4}")
        expect("\u{1B}[?2004l")
    }
}

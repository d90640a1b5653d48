import Foundation
import Libpq
import Testing

@testable import Shell

/// The terminal of `-n`.
@Suite struct TerminalReaderTests {
    @Test func messagesStandAboveTheNextPrompt() throws {
        let (typed, shown) = (Pipe(), Pipe())
        let terminal = PlainTerminal(
            output: OutputStream(descriptor: shown.fileHandleForWriting.fileDescriptor),
            reader: LineReader(descriptor: typed.fileHandleForReading.fileDescriptor), interrupt: try Interrupt())
        try typed.fileHandleForWriting.write(contentsOf: Data("a\nb\n".utf8))
        _ = terminal.readLine(prompt: "=# ", statement: [])
        let messages = try #require(terminal.messages)
        messages.post("WARNING:  the slot retains much")
        messages.post("WARNING:  and more")
        _ = terminal.readLine(prompt: "=# ", statement: [])
        try shown.fileHandleForWriting.close()
        let text = String(decoding: try #require(try shown.fileHandleForReading.readToEnd()), as: UTF8.self)
        #expect(text == "=# WARNING:  the slot retains much\nWARNING:  and more\n=# ")
    }
}

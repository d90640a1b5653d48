internal import Libpq

/// Lines typed by a person.
protocol TerminalReader: AnyObject {
    /// Shows the prompt and waits for a line.
    func readLine(prompt: String, statement: [UInt8]) -> LineReader.Line
    /// Keeps a statement or command in the history, as one entry.
    func remember(_ entry: String)
    /// The history, the oldest first.
    var history: [String] { get }
    /// Takes messages of other threads, and shows them as soon as it can; nil where there is no place for them.
    var messages: TerminalMessages? { get }
}

/// The terminal's own line editing, for `-n`.
final class PlainTerminal: TerminalReader {
    private let output: OutputStream
    private let reader: LineReader
    private let interrupt: Interrupt

    init(output: OutputStream, reader: LineReader, interrupt: Interrupt) {
        self.output = output
        self.reader = reader
        self.interrupt = interrupt
    }

    /// Messages are shown above the prompt; one that comes while a line is typed waits for the next, since the terminal could
    /// not show again what was typed.
    func readLine(prompt: String, statement: [UInt8]) -> LineReader.Line {
        for message in messages?.take() ?? [] { output.write(message + "\n") }
        output.write(Prompt.visible(prompt))
        output.flush()
        let line = reader.readLine(interrupt: interrupt)
        if case .interrupted = line { output.write("\n") }
        return line
    }

    func remember(_ entry: String) {}

    let history: [String] = []
    /// Nil where the process may open no more files: messages are not shown then.
    let messages = try? TerminalMessages()
}

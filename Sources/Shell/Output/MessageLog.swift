import Glibc

/// Messages on standard error, as psql's logging writes them (common/logging.c): in a script with the program, the file
/// and the line before them; at a prompt and under `-c` alone.
final class MessageLog {
    let programName: String
    let standardOutput: OutputStream
    let standardError: OutputStream
    /// The stream of query output; flushed before a message too.
    var queryOutput: OutputStream
    /// Neither program nor severity before a message.
    var isTerse = false
    /// The script being read.
    var file: String?
    var line = 0

    init(programName: String, standardOutput: OutputStream, standardError: OutputStream) {
        self.programName = programName
        self.standardOutput = standardOutput
        self.standardError = standardError
        queryOutput = standardOutput
    }

    func error(_ message: String) { write(message, "error: ") }
    func warning(_ message: String) { write(message, "warning: ") }
    func hint(_ message: String) { write(message, "hint: ") }
    /// Without a severity: the server's text has its own.
    func info(_ message: String) { write(message, "") }

    private func write(_ message: String, _ severity: String) {
        flush()
        var text = ""
        if !isTerse || file != nil {
            if !isTerse { text += "\(programName):" }
            if let file {
                text += "\(file):"
                if line > 0 { text += "\(line):" }
            }
            text += " "
        }
        if !isTerse { text += severity }
        text += message
        standardError.write(text + "\n")
        standardError.flush()
    }

    /// The hint to the error above; psql itself has no such line.
    func advice(_ hint: String) {
        if programName != "psql" { raw("HINT:  \(hint)\n") }
    }

    /// Text on standard error as it is.
    func raw(_ text: String) {
        flush()
        standardError.write(text)
        standardError.flush()
    }

    /// Output that was printed earlier comes before a message on another stream.
    func flush() {
        standardOutput.flush()
        if queryOutput !== standardOutput { queryOutput.flush() }
    }
}

/// `help`, `quit` and `exit`, for those who come from other clients: only at a prompt, at the line's beginning, with at
/// most a semicolon after them (mainloop.c).
struct Assistance {
    private enum Word { case help, leave, backslashQ }

    private let word: Word?
    /// Nothing but white space and a semicolon follows.
    private let standsAlone: Bool

    init(line: [UInt8]) {
        let text = String(decoding: line, as: UTF8.self)
        let lower = text.lowercased()
        let length: Int
        if lower.hasPrefix("help") {
            (word, length) = (.help, 4)
        } else if lower.hasPrefix("exit") || lower.hasPrefix("quit") {
            (word, length) = (.leave, 4)
        } else if text.hasPrefix("\\q") {
            (word, length) = (.backslashQ, 2)
        } else {
            (word, length) = (nil, 0)
        }
        var rest = text.dropFirst(length).drop(while: \.isWhitespace)
        if rest.first == ";" { rest.removeFirst() }
        standsAlone = rest.allSatisfy(\.isWhitespace)
    }

    /// Answers; true where the line is dealt with. `isOver` becomes true where the person wants to leave.
    func answer(_ session: ShellSession, _ prompt: PromptStatus, _ bufferIsEmpty: Bool, _ isOver: inout Bool) -> Bool {
        guard let word else { return false }
        let inStatement = prompt == .ready || prompt == .continuation || prompt == .parenthesis
        let output = session.standardOutput
        switch word {
        case .help where standsAlone && bufferIsEmpty:
            output.write(
                """
                You are using \(session.log.programName), a shell on the source and its shadow that speaks psql.
                Type:  \\? for help with meta-commands
                       \\g or terminate with semicolon to execute query
                       \\q to quit

                """)
            return true
        case .help where standsAlone:
            output.write("Use \\? for help or press control-C to clear the input buffer.\n")
        case .leave where standsAlone && bufferIsEmpty:
            isOver = true
            return true
        case .leave where standsAlone:
            output.write(inStatement ? "Use \\q to quit.\n" : "Use control-D to quit.\n")
        case .backslashQ where !bufferIsEmpty && !inStatement:
            output.write("Use control-D to quit.\n")
        default: break
        }
        return false
    }
}

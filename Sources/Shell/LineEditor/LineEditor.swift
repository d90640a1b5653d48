internal import CLibedit
internal import Glibc
internal import Libpq
internal import Postgres

/// The line that the user types at a terminal: libedit, with history, completion and messages above the prompt.
///
/// Everything happens on the thread that calls `readLine`. libedit asks for each character through `readCharacter`, which
/// waits for the terminal, the interrupt, messages and signals at once; that is where all that is not typing is handled:
/// waits for the terminal, the interrupt, messages and signals at once; all input but typing is handled there:
///     terminal    bytes → characters for libedit
///     interrupt   the read fails; `readLine` sees that the interrupt is fired and says so, whatever libedit made of it
///                 (inside of Ctrl-R it takes a failed read for the end of input)
///     messages    cursor to the prompt's first row, erase below, the text, then libedit draws the line anew
///     SIGWINCH    erase, `el_resize`, draw anew
///     SIGCONT     the terminal's modes again, draw anew
///
/// A pasted text with newlines is one line for libedit and so many for the caller, handed out one by one.
@safe final class LineEditor {
    enum Line: Equatable {
        /// Without its newline.
        case line([UInt8])
        case eof
        /// The interrupt was fired; it stays fired.
        case interrupted
    }

    let editor: OpaquePointer
    private let history: OpaquePointer
    private let wake: Interrupt
    private let interrupt: Interrupt
    /// For other threads.
    let messages: TerminalMessages
    /// Candidates for the text before the cursor; nil completes nothing.
    var complete: ((String) -> Completion?)?

    let input: Int32
    let output: Int32
    var pending: [UInt8] = []
    private var queued: [[UInt8]] = []
    /// The prompt's last line as libedit gets it: a C string, replaced for each line.
    private(set) var prompt: UnsafeMutablePointer<CChar>?
    private(set) var promptWidth = 0
    /// The text on which the last Tab was pressed: a second one there lists the candidates.
    var lastCompletionText: String?

    private static let pasteOn = "\u{1B}[?2004h"
    private static let pasteOff = "\u{1B}[?2004l"

    /// `program` names the section of ~/.editrc. Call `prepareLocale` first. Throws when out of memory or descriptors.
    init(
        program: String, interrupt: Interrupt, historySize: Int, input: Int32 = 0, output: Int32 = 1
    ) throws(PostgresError) {
        self.interrupt = interrupt
        self.input = input
        self.output = output
        messages = try TerminalMessages()
        wake = try Interrupt()
        guard let history = unsafe history_init(),
            let editor = unsafe scry_edit_init(program, input, output, output)
        else {
            throw PostgresError(
                "could not start the line editor", hint: "Try again with the option -n, which does without it.",
                sqlState: .insufficientResources)
        }
        unsafe self.history = history
        unsafe self.editor = editor
        unsafe scry_history_set_size(history, Int32(clamping: max(historySize, 1)))
        // libedit hands this back to each callback; the editor ends in deinit, before this object does.
        unsafe scry_edit_set_context(editor, Unmanaged.passUnretained(self).toOpaque())
        unsafe scry_edit_set_signals(editor, 0)
        unsafe scry_edit_set_mode(editor, "emacs")
        unsafe scry_edit_set_history(editor, history)
        unsafe scry_edit_set_prompt(
            editor, { editor in unsafe LineEditor.of(editor)?.prompt }, CChar(bitPattern: Self.promptEscape))
        unsafe scry_edit_set_reader(
            editor, { editor, character in unsafe LineEditor.of(editor)?.readCharacter(into: character) ?? -1 })
        unsafe el_source(editor, nil)
        bindKeys()
        TerminalSignals.install(wake: wake)
    }

    deinit {
        TerminalSignals.uninstall()
        unsafe scry_edit_end(editor)
        unsafe history_end(history)
        unsafe free(prompt)
    }

    /// The editor that a callback is for.
    static func of(_ editor: OpaquePointer?) -> LineEditor? {
        guard let editor = unsafe editor, let context = unsafe scry_edit_context(editor) else { return nil }
        return unsafe Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
    }

    /// The user's locale; UTF-8 where that knows only bytes: in such a locale libedit drops what is not ASCII.
    static func prepareLocale() {
        unsafe setlocale(LC_ALL, "")
        if scry_longest_character() == 1 { unsafe setlocale(LC_CTYPE, "C.UTF-8") }
    }

    /// Reads a line. The prompt may hold newlines, and text between 0x01 and 0x02 that takes no cell.
    func readLine(prompt text: String) -> Line {
        if !queued.isEmpty { return .line(queued.removeFirst()) }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let last = lines.removeLast()
        write(lines.map { $0.filter { $0 != "\u{1}" && $0 != "\u{2}" } + "\n" }.joined())
        setPrompt(String(last))
        lastCompletionText = nil
        if interrupt.isFired { return .interrupted }

        // libedit would do this only after the prompt: text typed in between would be echoed, and a Control-D lost.
        unsafe scry_edit_prepare_terminal(editor, 1)
        write(Self.pasteOn)
        var count: Int32 = 0
        let result = unsafe el_gets(editor, &count)
        write(Self.pasteOff)
        if interrupt.isFired {
            write("^C\n")
            return .interrupted
        }
        guard let result = unsafe result, count > 0 else { return .eof }
        var bytes = unsafe Array(UnsafeRawBufferPointer(start: result, count: strlen(result)))
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        let pasted = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        queued = Array(pasted.dropFirst())
        return .line(pasted.first ?? [])
    }

    /// Forgets the rest of a pasted text, for a caller that stops after an error or an interrupt.
    func discardPasted() { queued = [] }

    /// Offers a statement to the arrow keys and Ctrl-R.
    func addHistory(_ statement: String) {
        unsafe scry_history_enter(history, statement)
    }

    // MARK: - Prompt

    private static let promptEscape: UInt8 = 1

    private func setPrompt(_ text: String) {
        var bytes = Array(text.utf8).map { $0 == 2 ? Self.promptEscape : $0 }
        let visible = Self.visible(bytes)
        // libedit forgets to print an escape at the very end.
        if bytes.last == Self.promptEscape { bytes.append(UInt8(ascii: " ")) }
        promptWidth = displaySize(visible.span, .utf8).width
        unsafe free(prompt)
        unsafe prompt = strdup(String(decoding: bytes, as: UTF8.self))
    }

    private static func visible(_ bytes: [UInt8]) -> [UInt8] {
        var isHidden = false
        return bytes.filter { byte in
            if byte == promptEscape { isHidden.toggle() }
            return byte != promptEscape && !isHidden
        }
    }

    // MARK: - The wait of readCharacter

    /// The wait's outcome.
    enum Wakeup { case input, interrupted, failed }

    /// Waits for input; handles messages and signals meanwhile.
    func waitForInput() -> Wakeup {
        while true {
            var entries = [input, interrupt.readDescriptor, wake.readDescriptor, messages.readDescriptor].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let count = unsafe poll(&entries, nfds_t(entries.count), -1)
            if count < 0 && errno != EINTR { return .failed }
            if entries[1].revents != 0 { return .interrupted }
            wake.clear()
            if TerminalSignals.takeContinuation() { continueAfterStop() }
            if TerminalSignals.takeWindowChange() { resize() }
            if entries[3].revents != 0 { show(messages.take()) }
            if entries[0].revents != 0 { return .input }
        }
    }

    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = unsafe bytes[...]
            while unsafe !rest.isEmpty {
                let part = unsafe UnsafeBufferPointer(rebasing: rest)
                let count = unsafe Glibc.write(output, part.baseAddress, part.count)
                if count < 0 && errno != EINTR { return }
                unsafe rest = rest.dropFirst(max(count, 0))
            }
        }
    }

    static let pasteModeOn = pasteOn
}

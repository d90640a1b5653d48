internal import CLibedit

extension LineEditor {
    /// Where libedit's line lies on the screen, in rows below the prompt's.
    private var extent: (cursorRow: Int, lastRow: Int) {
        let columns = max(Screen(descriptor: output)?.columns ?? 80, 1)
        let (before, after) = line
        return (row(of: before, columns), row(of: before + after, columns))
    }

    /// The rows that a text takes after the prompt, beyond the first.
    private func row(of text: [UInt8], _ columns: Int) -> Int {
        var cells = promptWidth
        var rows = 0
        for part in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if part.offset > 0 {
                rows += 1
                cells = 0
            }
            cells += displaySize(Array(part.element).span, .utf8).width
            rows += cells / columns
            cells %= columns
        }
        return rows
    }

    /// The text before and after the cursor.
    var line: (before: [UInt8], after: [UInt8]) {
        guard let info = unsafe el_line(editor), let start = unsafe info.pointee.buffer,
            let cursor = unsafe info.pointee.cursor, let end = unsafe info.pointee.lastchar
        else { return ([], []) }
        let before = unsafe UnsafeRawBufferPointer(start: start, count: max(cursor - start, 0))
        let after = unsafe UnsafeRawBufferPointer(start: cursor, count: max(end - cursor, 0))
        return unsafe (Array(before), Array(after))
    }

    /// Shows text above the prompt and draws the line again below it.
    func show(_ texts: [String]) {
        guard !texts.isEmpty else { return }
        eraseLine()
        for text in texts { write(text.hasSuffix("\n") ? text : text + "\n") }
        redraw()
    }

    /// Shows text below the line and draws the line again below it.
    func showBelow(_ text: String) {
        let (cursorRow, lastRow) = extent
        write(String(repeating: "\n", count: lastRow - cursorRow + 1) + "\r" + text)
        redraw()
    }

    func resize() {
        write("\r\u{1B}[J")
        unsafe el_resize(editor)
        redraw()
    }

    /// After Ctrl-Z and fg: the user's shell has changed the terminal's modes, which libedit thinks it still has.
    func continueAfterStop() {
        unsafe scry_edit_prepare_terminal(editor, 0)
        unsafe scry_edit_prepare_terminal(editor, 1)
        write(Self.pasteModeOn)
        redraw()
    }

    private func eraseLine() {
        let row = extent.cursorRow
        write((row > 0 ? "\u{1B}[\(row)A" : "") + "\r\u{1B}[J")
    }

    /// Draws prompt and line from the cursor's row on: libedit forgets what it believes to be on the screen.
    private func redraw() {
        unsafe scry_edit_refresh(editor)
    }
}

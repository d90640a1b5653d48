internal import CLibedit
internal import Glibc

/// libedit's return codes of edit functions (histedit.h), which C declares as macros.
private enum EditResult {
    static let normal: UInt8 = 0
    static let refresh: UInt8 = 4
    static let error: UInt8 = 6
    static let refreshAndBeep: UInt8 = 9
}

extension LineEditor {
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// Keys that terminals send and libedit has no binding for, Tab, and pasted text.
    func bindKeys() {
        unsafe scry_edit_add_function(editor, "scry-complete", "Complete the word before the cursor") { editor, _ in
            unsafe LineEditor.of(editor)?.completeWord() ?? EditResult.error
        }
        unsafe scry_edit_add_function(editor, "scry-paste", "Insert pasted text as it is") { editor, _ in
            unsafe LineEditor.of(editor)?.paste() ?? EditResult.error
        }
        let bindings = [
            ("\\e[1~", "ed-move-to-beg"), ("\\e[7~", "ed-move-to-beg"), ("\\e[4~", "ed-move-to-end"),
            ("\\e[8~", "ed-move-to-end"), ("\\e[H", "ed-move-to-beg"), ("\\e[F", "ed-move-to-end"),
            ("\\e[3~", "ed-delete-next-char"), ("\\e[1;5C", "em-next-word"), ("\\e[5C", "em-next-word"),
            ("\\e[1;5D", "ed-prev-word"), ("\\e[5D", "ed-prev-word"), ("^R", "em-inc-search-prev"),
            ("\\e[200~", "scry-paste"), ("^I", "scry-complete"),
        ]
        for (key, function) in bindings { unsafe scry_edit_bind(editor, key, function) }
    }

    // MARK: - Characters

    /// libedit's read function: 1 and a character, 0 at the end, -1 for an interrupt or an error.
    func readCharacter(into character: UnsafeMutablePointer<Int32>?) -> Int32 {
        while true {
            if let scalar = takeCharacter() {
                unsafe character?.pointee = scalar
                return 1
            }
            switch readBytes() {
            case .some(true): continue
            case .some(false): return 0
            case .none: return -1
            }
        }
    }

    /// Adds to `pending`: true for bytes, false for the end, nil for an interrupt or an error.
    private func readBytes() -> Bool? {
        guard waitForInput() == .input else { return nil }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = unsafe read(input, &chunk, chunk.count)
        if count > 0 { pending += chunk[..<count] }
        if count < 0 && (errno == EINTR || errno == EAGAIN) { return true }
        return count < 0 ? nil : count > 0
    }

    /// The first whole character; a byte that is no UTF-8 is dropped.
    private func takeCharacter() -> Int32? {
        while let lead = pending.first {
            let length = TextEncoding.utf8.length(lead: lead)
            guard pending.count >= length else { return nil }
            let bytes = Array(pending.prefix(length))
            if length > 1 || lead < 0x80, isPrintable(bytes.span, .utf8) || lead < 0x80 {
                pending.removeFirst(length)
                return Int32(codePoint(bytes.span, at: 0))
            }
            pending.removeFirst()
        }
        return nil
    }

    // MARK: - Paste

    /// Inserts up to the end of the paste without reading it as keys: a pasted tab does not complete, a newline does
    /// not run.
    private func paste() -> UInt8 {
        var text: [UInt8] = []
        while true {
            if let end = pending.firstRange(of: Self.pasteEnd) {
                text += pending[..<end.lowerBound]
                pending.removeFirst(end.upperBound)
                break
            }
            // The sequence that ends a paste may lie across two reads.
            let safe = max(pending.count - Self.pasteEnd.count, 0)
            text += pending.prefix(safe)
            pending.removeFirst(safe)
            guard readBytes() == true else { return EditResult.error }
        }
        // Terminals send a carriage return for each line's end.
        let pasted = String(decoding: text.filter { $0 != 0 }.map { $0 == 13 ? 10 : $0 }, as: UTF8.self)
        guard !pasted.isEmpty else { return EditResult.normal }
        return unsafe el_insertstr(editor, pasted) == 0 ? EditResult.refresh : EditResult.error
    }

    // MARK: - Completion

    /// As readline does: inserts the beginning that all candidates share; a second Tab in the same place lists them.
    private func completeWord() -> UInt8 {
        let before = String(decoding: line.before, as: UTF8.self)
        guard let completion = complete?(before), !completion.candidates.isEmpty else {
            return EditResult.refreshAndBeep
        }
        let common = completion.commonPrefix
        if common != completion.word {
            lastCompletionText = nil
            unsafe el_deletestr(editor, Int32(clamping: completion.word.unicodeScalars.count))
            let suffix = completion.candidates.count == 1 ? completion.candidates[0].suffix : ""
            unsafe el_insertstr(editor, common + suffix)
            return EditResult.refresh
        }
        if completion.candidates.count == 1 {
            unsafe el_insertstr(editor, completion.candidates[0].suffix)
            return EditResult.refresh
        }
        guard lastCompletionText == before else {
            lastCompletionText = before
            return EditResult.refreshAndBeep
        }
        lastCompletionText = nil
        let columns = Screen(descriptor: output)?.columns ?? 80
        showBelow(completion.list(columns: columns > 0 ? columns : 80))
        return EditResult.normal
    }
}

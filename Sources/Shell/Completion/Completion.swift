/// The candidates for the word before the cursor.
struct Completion: Equatable, Sendable {
    struct Candidate: Equatable, Sendable {
        /// Takes the word's place.
        var text: String
        /// Typed after the only candidate: a space, or nothing where more is to follow.
        var suffix = " "
        /// The text in the list; the candidate itself where nil (a file's name without its folders).
        var label: String?

        init(_ text: String, suffix: String = " ", label: String? = nil) {
            self.text = text
            self.suffix = suffix
            self.label = label
        }
    }

    /// The characters before the cursor that are replaced.
    var word: String
    var candidates: [Candidate]

    /// The longest beginning that all candidates share; the word itself where they disagree with it (another case).
    var commonPrefix: String {
        guard var prefix = candidates.first?.text else { return word }
        for candidate in candidates.dropFirst() {
            while !candidate.text.hasPrefix(prefix) { prefix.removeLast() }
        }
        return prefix.count < word.count ? word : prefix
    }

    /// The candidates in columns, going down, as ls and readline list them; ends with a newline.
    func list(columns: Int) -> String {
        let labels = candidates.map { $0.label ?? $0.text }
        let widths = labels.map { displaySize(Array($0.utf8).span, .utf8).width }
        let cell = (widths.max() ?? 0) + 2
        let across = max(columns / cell, 1)
        let down = (labels.count + across - 1) / across
        var text = ""
        for row in 0..<down {
            let entries = stride(from: row, to: labels.count, by: down)
            for index in entries {
                text += labels[index]
                if index + down < labels.count { text += String(repeating: " ", count: cell - widths[index]) }
            }
            text += "\n"
        }
        return text
    }
}

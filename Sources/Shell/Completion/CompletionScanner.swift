/// The text before the cursor, as far as completion needs it: the words of the statement, and the word in hand.
struct CompletionScanner {
    /// The finished words of the statement, unquoted ones folded to upper case, quoted ones as they are with their quotes.
    /// `(`, `)`, `,` and other operators are words of their own.
    private(set) var words: [String] = []
    /// The word before the cursor, as typed; may hold dots and double quotes.
    private(set) var word = ""
    /// Inside a string or a comment there is nothing to complete.
    private(set) var isInLiteral = false

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            switch scalar {
            case "'" where word == ":", "{" where word == ":", "?" where word == ":{":
                word.unicodeScalars.append(scalar)
            case "'":
                endWord()
                guard let end = Self.end(of: "'", in: scalars, after: index) else {
                    isInLiteral = true
                    return
                }
                index = end
            case "-" where next == "-":
                endWord()
                guard let end = scalars[index...].firstIndex(of: "\n") else {
                    isInLiteral = true
                    return
                }
                index = end
            case "/" where next == "*":
                endWord()
                var end = index + 2
                while end + 1 < scalars.count && !(scalars[end] == "*" && scalars[end + 1] == "/") { end += 1 }
                guard end + 1 < scalars.count else {
                    isInLiteral = true
                    return
                }
                index = end + 1
            case "\"":
                let end = Self.end(of: "\"", in: scalars, after: index) ?? scalars.count - 1
                word.unicodeScalars.append(contentsOf: scalars[index...end])
                index = end
            case ";":
                words = []
                word = ""
            case _ where scalar.properties.isWhitespace: endWord()
            case _ where Self.isWordScalar(scalar): word.unicodeScalars.append(scalar)
            default:
                endWord()
                words.append(String(scalar))
            }
            index += 1
        }
    }

    /// Part of a name, or of a variable (`:name`).
    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_$.:".unicodeScalars.contains(scalar)
            || scalar.value >= 0x80
    }

    /// The index of the closing quote; a doubled quote goes on.
    private static func end(of quote: Unicode.Scalar, in scalars: [Unicode.Scalar], after start: Int) -> Int? {
        var index = start + 1
        while index < scalars.count {
            if scalars[index] == quote {
                guard index + 1 < scalars.count, scalars[index + 1] == quote else { return index }
                index += 1
            }
            index += 1
        }
        return nil
    }

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        words.append(word.contains("\"") ? word : word.uppercased())
        word = ""
    }
}

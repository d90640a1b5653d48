/// A Swift file, divided into code, string literals and comments, so that a rule about one is not met by another.
///
/// Knows what the language's lexer must: nested comments, escapes, interpolation, multi-line and raw strings. Not regex
/// literals, of which the repository has none.
struct SwiftFile {
    struct Literal {
        /// From 1.
        let line: Int
        /// Without quotes; an interpolation stands as `\()`.
        var text: String
        /// The code before it, for rules about what it is passed to.
        let before: String
        /// Made of parts: by interpolation, or joined with what follows.
        var isAssembled = false
    }

    let path: String
    let lines: [Substring]
    /// The text with comments and the insides of string literals blanked; its lines are the file's.
    private(set) var code = ""
    private(set) var literals: [Literal] = []
    private(set) var comments = ""

    private var rest: [Character]
    private var position = 0

    init(_ file: RepositoryFile) {
        path = file.path
        lines = file.lines
        rest = Array(file.text)
        scanCode(until: nil)
        rest = []
    }

    var codeLines: [(number: Int, text: Substring)] {
        code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0.offset + 1, $0.element) }
    }

    /// What the file imports, access modifiers and attributes aside.
    var imports: [String] {
        codeLines.compactMap { _, line -> String? in
            let words = line.split(separator: " ")
            guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count else { return nil }
            guard words[..<keyword].allSatisfy({ Self.beforeImport.contains(String($0)) }) else { return nil }
            // `import struct Module.Type`
            let module = words[(keyword + 1)...].first { !Self.importKinds.contains(String($0)) }
            return module.flatMap { $0.split(separator: ".").first }.map(String.init)
        }
    }

    private static let beforeImport: Set = [
        "public", "package", "internal", "fileprivate", "private", "@testable", "@preconcurrency", "@_exported",
        "@_implementationOnly",
    ]
    private static let importKinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]

    // MARK: Scanning

    private func peek(_ text: String) -> Bool {
        position + text.count <= rest.count && rest[position..<position + text.count].elementsEqual(text)
    }

    /// Takes a character into the code: itself, or a blank of the same lines.
    private mutating func take(blank: Bool) {
        let character = rest[position]
        code.append(blank && !character.isNewline ? " " : character)
        position += 1
    }

    private mutating func scanCode(until closing: Character?) {
        var depth = 0
        while position < rest.count {
            if peek("//") {
                while position < rest.count, !rest[position].isNewline { takeComment() }
            } else if peek("/*") {
                scanBlockComment()
            } else if let hashes = openingQuote() {
                scanString(hashes: hashes)
            } else {
                let character = rest[position]
                if closing != nil, depth == 0, character == closing { return }
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                take(blank: false)
            }
        }
    }

    private mutating func takeComment() {
        comments.append(rest[position])
        take(blank: true)
    }

    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if peek("/*") { depth += 1 } else if peek("*/") { depth -= 1 }
            let isMark = peek("/*") || peek("*/")
            takeComment()
            if isMark { takeComment() }
        } while depth > 0 && position < rest.count
    }

    /// The number of # before a quote here; nil where no string begins.
    private func openingQuote() -> Int? {
        var index = position
        while index < rest.count, rest[index] == "#" { index += 1 }
        return index < rest.count && rest[index] == "\"" ? index - position : nil
    }

    private mutating func scanString(hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        let before = String(code.suffix(80))
        for _ in 0..<hashes { take(blank: false) }
        let quote = peek("\"\"\"") ? "\"\"\"" : "\""
        let closing = quote + marks
        let escape = "\\" + marks
        for _ in quote { take(blank: false) }
        let index = literals.count
        literals.append(Literal(line: code.count { $0.isNewline } + 1, text: "", before: before))
        while position < rest.count, !peek(closing) {
            if peek(escape + "(") {
                literals[index].text += "\\()"
                for _ in escape + "(" { take(blank: true) }
                scanCode(until: ")")
                if position < rest.count { take(blank: true) }
            } else if peek(escape) {
                for _ in escape { take(blank: true) }
                literals[index].text.append("\\")
                if position < rest.count { takeLiteral(index) }
            } else {
                takeLiteral(index)
            }
        }
        for _ in closing where position < rest.count { take(blank: false) }
        let next = rest[position...].first { !$0.isWhitespace }
        literals[index].isAssembled = next == "+" || literals[index].text.contains("\\()")
    }

    private mutating func takeLiteral(_ index: Int) {
        literals[index].text.append(rest[position])
        take(blank: true)
    }
}

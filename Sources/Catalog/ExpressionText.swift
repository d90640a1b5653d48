/// SQL as a server writes it, read as far as its brackets: enough to see the same expression in two ways of writing.
/// String constants are kept as they are, and so are names that need their quotes for more than being a keyword; white space
/// between tokens counts as one blank.
struct ExpressionText {
    indirect enum Node: Equatable {
        case token(String)
        case blank
        /// The text between ( and ), or [ and ].
        case group(open: Character, [Node])
    }

    let nodes: [Node]

    init(_ nodes: [Node]) { self.nodes = nodes }

    init(_ text: String) {
        var reader = Reader(rest: Substring(text))
        nodes = reader.nodes(until: nil)
    }

    /// Names without the quotes that they have for being a keyword alone.
    static func withoutKeywordQuotes(_ names: String) -> String {
        names.contains("\"") ? text(ExpressionText(names).nodes) : names
    }

    /// With casts of whole lists put on their elements, and without doubled parentheses.
    var normalized: String { Self.text(Self.normalized(nodes)) }

    private static func text(_ nodes: [Node]) -> String {
        nodes.map { node in
            switch node {
            case .token(let token): token
            case .blank: " "
            case .group(let open, let inner): "\(open)\(text(inner))\(open == "(" ? ")" : "]")"
            }
        }.joined()
    }

    private static func normalized(_ nodes: [Node]) -> [Node] {
        var result: [Node] = []
        var rest = nodes[...]
        while let node = rest.first {
            if let (list, length) = castList(rest) {
                result += normalized(list)
                rest = rest.dropFirst(length)
                continue
            }
            rest.removeFirst()
            guard case .group(let open, let inner) = node else {
                result.append(node)
                continue
            }
            let normal = normalized(inner)
            // ((a)) is (a).
            if open == "(", normal.count == 1, case .group("(", _)? = normal.first {
                result += normal
            } else {
                result.append(.group(open: open, normal))
            }
        }
        return result
    }

    /// Where `(ARRAY[a, b])::type[]` begins, the same as `ARRAY[(a)::type, (b)::type]`, and how many nodes it takes.
    private static func castList(_ nodes: ArraySlice<Node>) -> ([Node], Int)? {
        guard case .group("(", let inner)? = nodes.first, inner.count == 2, inner.first == .token("ARRAY"),
            case .group("[", let list)? = inner.last
        else { return nil }
        var type: [Node] = []
        var rest = nodes.dropFirst()
        guard rest.first == .token("::") else { return nil }
        rest.removeFirst()
        while let node = rest.first {
            if case .group("[", let bounds) = node {
                guard bounds.isEmpty, !type.isEmpty else { return nil }
                let elements = list.split(separator: .token(",")).map { element -> [Node] in
                    [.group(open: "(", trimmed(element)), .token("::")] + type
                }
                return (
                    [.token("ARRAY"), .group(open: "[", Array(elements.joined(separator: [.token(","), .blank])))],
                    nodes.count - rest.count + 1
                )
            }
            // A type's name has a few words, dots, blanks and perhaps its modifiers.
            guard isTypeName(node), type.count < 12 else { return nil }
            type.append(node)
            rest.removeFirst()
        }
        return nil
    }

    private static func isTypeName(_ node: Node) -> Bool {
        switch node {
        case .blank, .group("(", _): true
        case .group: false
        case .token(let token):
            token == "." || token.first.map { $0.isLetter || $0 == "_" || $0 == "\"" } ?? false
        }
    }

    private static func trimmed(_ nodes: ArraySlice<Node>) -> [Node] {
        var nodes = nodes
        while nodes.first == .blank { nodes.removeFirst() }
        while nodes.last == .blank { nodes.removeLast() }
        return Array(nodes)
    }
}

private struct Reader {
    var rest: Substring

    mutating func nodes(until closing: Character?) -> [ExpressionText.Node] {
        var nodes: [ExpressionText.Node] = []
        while let first = rest.first {
            if first == closing {
                rest.removeFirst()
                return nodes
            }
            switch first {
            case "(", "[":
                rest.removeFirst()
                nodes.append(.group(open: first, self.nodes(until: first == "(" ? ")" : "]")))
            case "'":
                nodes.append(.token(quoted(escapes: false)))
            case "\"":
                let name = quoted(escapes: false)
                let inner = name.dropFirst().dropLast()
                nodes.append(.token(Self.isPlain(inner) ? String(inner) : name))
            case _ where first.isWhitespace:
                rest = rest.drop { $0.isWhitespace }
                nodes.append(.blank)
            case _ where isWord(first):
                let word = rest.prefix(while: isWord)
                rest = rest.dropFirst(word.count)
                if word == "E", rest.first == "'" {
                    nodes.append(.token("E" + quoted(escapes: true)))
                } else {
                    nodes.append(.token(String(word)))
                }
            default:
                let token = rest.hasPrefix("::") ? "::" : String(first)
                rest = rest.dropFirst(token.count)
                nodes.append(.token(token))
            }
        }
        return nodes
    }

    private func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "$"
    }

    /// Would need no quotes but for being a keyword.
    private static func isPlain(_ name: Substring) -> Bool {
        guard let first = name.utf8.first, first == UInt8(ascii: "_") || isLower(first) else { return false }
        return name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || isLower(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }

    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    /// A constant or name from its quote to the one that ends it.
    private mutating func quoted(escapes: Bool) -> String {
        let quote = rest.removeFirst()
        var text = String(quote)
        while let next = rest.popFirst() {
            text.append(next)
            if next == "\\", escapes, let escaped = rest.popFirst() { text.append(escaped) }
            guard next == quote else { continue }
            guard rest.first == quote else { return text }
            text.append(rest.removeFirst())
        }
        return text
    }
}

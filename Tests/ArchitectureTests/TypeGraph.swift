/// Which types of a module know which: read from the sources, as far as rules about circles and arrows need it. A type is a
/// declaration at a file's top level, with its extensions and all that is nested in it; it knows the types whose names stand in
/// it. A name after a point is a member's, and a nested type hides one of the same name outside.
struct TypeGraph {
    /// A declaration or an extension, at the top level of a file.
    struct Part {
        let path: String
        let name: String
        let isExtension: Bool
        /// Names that begin with a capital letter, without those after a point.
        var names: Set<String> = []
        var nested: Set<String> = []
    }

    private(set) var parts: [Part] = []
    /// The types that the module declares, with the files where it does.
    let declared: [String: String]
    private let known: [String: Set<String>]

    init(_ files: [SwiftFile]) {
        for file in files { parts += Self.parts(of: file) }
        declared = Dictionary(parts.filter { !$0.isExtension }.map { ($0.name, $0.path) }) { first, _ in first }
        var nested: [String: Set<String>] = [:]
        for part in parts { nested[part.name, default: []].formUnion(part.nested) }
        var known: [String: Set<String>] = [:]
        for index in parts.indices {
            let name = parts[index].name
            parts[index].names.subtract(nested[name] ?? [])
            parts[index].names.formIntersection(declared.keys)
            parts[index].names.remove(name)
            if declared[name] != nil { known[name, default: []].formUnion(parts[index].names) }
        }
        self.known = known
    }

    /// Groups of types each of which knows the others, directly or through others; the names sorted.
    var circles: [[String]] {
        let reached = Dictionary(uniqueKeysWithValues: known.keys.map { ($0, reachable(from: $0)) })
        var circles: Set<[String]> = []
        for (name, others) in reached where others.contains(name) {
            circles.insert(others.filter { reached[$0]?.contains(name) == true }.sorted())
        }
        return circles.sorted { $0.joined() < $1.joined() }
    }

    private func reachable(from name: String) -> Set<String> {
        var found: Set<String> = []
        var waiting = Array(known[name] ?? [])
        while let next = waiting.popLast() {
            if found.insert(next).inserted { waiting += known[next] ?? [] }
        }
        return found
    }

    // MARK: Reading

    private static let keywords: Set = ["struct", "class", "enum", "protocol", "actor", "extension"]

    private static func parts(of file: SwiftFile) -> [Part] {
        var parts: [Part] = []
        // Functions and constants at the top belong to no type.
        var isInType = false
        var depth = 0
        var previous = ""
        var isMember = false
        for token in tokens(of: file.code) {
            switch token {
            case "{": depth += 1
            case "}": depth -= 1
            case ".": break
            case "func", "let", "var", "typealias": if depth == 0 { isInType = false }
            default:
                let isName = token.first?.isUppercase ?? false
                if isName, keywords.contains(previous) {
                    if depth == 0 {
                        isInType = true
                        parts.append(Part(path: file.path, name: token, isExtension: previous == "extension"))
                    } else if isInType {
                        parts[parts.count - 1].nested.insert(token)
                    }
                } else if isName, !isMember, isInType {
                    parts[parts.count - 1].names.insert(token)
                }
            }
            isMember = token == "."
            previous = token
        }
        return parts
    }

    /// Words, points and braces; all else only parts them.
    private static func tokens(of code: String) -> [String] {
        var tokens: [String] = []
        var word = ""
        for character in code {
            if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
                continue
            }
            if !word.isEmpty { tokens.append(word) }
            word = ""
            if "{}.".contains(character) { tokens.append(String(character)) }
        }
        return tokens
    }
}

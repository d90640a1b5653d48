internal import Postgres

/// A word that may be a part of a name: `ord`, `shop.ord`, `"Odd`, `shop."Odd`.
struct Identifier {
    /// The name before the last dot, as the catalog holds it.
    private(set) var qualifier: String?
    /// The typed text up to the last dot.
    private var lead = ""
    /// The last part's beginning, without its quote.
    private let prefix: String
    private let isQuoted: Bool

    init(_ word: String) {
        var lastDot: String.Index?
        var inQuotes = false
        for index in word.indices {
            if word[index] == "\"" { inQuotes.toggle() }
            if word[index] == "." && !inQuotes { lastDot = index }
        }
        var last = word[...]
        if let lastDot {
            lead = String(word[...lastDot])
            // Of database.schema.name the schema counts.
            let path = word[..<lastDot]
            let schema = path.hasSuffix("\"") ? path[...] : path.split(separator: ".").last ?? path[...]
            qualifier = Self.plain(schema)
            last = word[word.index(after: lastDot)...]
        }
        isQuoted = last.hasPrefix("\"")
        prefix = isQuoted ? String(last.dropFirst()).replacing("\"\"", with: "\"") : last.lowercased()
    }

    /// The name as a word in this one's place, quoted where it must be; nil if it begins otherwise.
    func candidate(_ name: String, suffix: String = " ") -> Completion.Candidate? {
        guard name.hasPrefix(prefix) else { return nil }
        let text = isQuoted || !Self.isPlain(name) ? quoteIdentifier(name) : name
        guard suffix == "." else { return .init(lead + text, suffix: suffix) }
        return .init(lead + text + ".", suffix: "")
    }

    /// A name as the catalog holds it.
    private static func plain(_ text: Substring) -> String {
        guard text.hasPrefix("\"") else { return text.lowercased() }
        return String(text.dropFirst().dropLast(text.hasSuffix("\"") ? 1 : 0)).replacing("\"\"", with: "\"")
    }

    /// Whether the name needs no quotes: lower case, and no reserved word.
    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first == "_" || ("a"..."z").contains(first) else { return false }
        let isSimple = name.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" || $0 == "$"
        }
        return isSimple && !reserved.contains(name)
    }

    /// Words that cannot be a table's or a column's name without quotes (manual, appendix C: reserved).
    private static let reserved = Set(
        """
        all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create \
        current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc \
        distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral \
        leading limit localtime localtimestamp not null offset on only or order placing primary references returning select \
        session_user some symmetric system_user table then to trailing true union unique user using variadic when where \
        window with authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join \
        left like natural notnull outer overlaps right similar tablesample verbose
        """.split(separator: " ").map(String.init))
}

/// Where two servers write the same thing in two ways. All that is known of this is here; everything else is compared as it
/// is written.
///
/// - A list that is cast as a whole comes back from a dump with each element cast: `v IN ('a', 'b')` of a varchar is
///   `(ARRAY['a'::character varying, …])::text[]` where it was typed and `ARRAY[('a'::character varying)::text, …]` where it
///   was restored, on all versions.
/// - 16 and later write one pair of parentheses less around some expressions of an index: `(a AT TIME ZONE 'UTC')`.
/// - A name is quoted where it is a keyword in the server's version: `json` in 17, `normalize` in 13.
/// - NOT VALID at a constraint's end is a fact of its own.
/// - A trigger's function is EXECUTE PROCEDURE before 12.
/// - Before 14 a server writes EXTRACT, AT TIME ZONE, SUBSTRING … FROM and the like as calls of functions, some of them
///   others with other types; a newer source's expressions that hold such words cannot be compared with the calls that
///   it wrote for them.
/// - 16 and later write an ICU locale in its standard form, where `-true` is left out.
public enum ServerWording {
    /// Whether two values that are written differently mean the same.
    static func isSame(
        _ fact: String, of type: String, source: (text: String, major: Int), shadow: (text: String, major: Int)
    ) -> Bool {
        if fact == "locale" { return standardLocale(source.text) == standardLocale(shadow.text) }
        if texts.contains(fact) { return false }
        if let (here, there) = functions(source.text, shadow.text, type) {
            return here.body == there.body && normalized(here.head, of: type) == normalized(there.head, of: type)
        }
        if source.major >= 14, shadow.major < 14, words.contains(where: source.text.contains) { return true }
        return normalized(source.text, of: type) == normalized(shadow.text, of: type)
    }

    /// The facts that somebody has typed, or that no server writes in another way.
    private static let texts: Set = [
        "comment", "labels", "options", "rules", "initial state", "initial moving state", "server", "version",
    ]

    private static let words = [
        "EXTRACT(", " AT TIME ZONE ", " AT LOCAL", " OVERLAPS ", "POSITION((", "SUBSTRING(", "OVERLAY(", "TRIM(",
        "NORMALIZE(",
        " NORMALIZED", "COLLATION FOR (",
    ]

    /// The text before the bodies of two functions, and the bodies, which are as they were typed; nil for bodies in
    /// standard SQL, and for other objects.
    private static func functions(
        _ here: String, _ there: String, _ type: String
    ) -> ((head: String, body: Substring), (head: String, body: Substring))? {
        guard type == "function" || type == "procedure", let here = parts(here), let there = parts(there) else {
            return nil
        }
        return (here, there)
    }

    private static func parts(_ definition: String) -> (head: String, body: Substring)? {
        guard let start = definition.firstRange(of: "\nAS ")?.lowerBound else { return nil }
        return (String(definition[..<start]), definition[start...])
    }

    private static func standardLocale(_ locale: String) -> String {
        guard locale.hasSuffix("-true") else { return locale }
        return String(locale.dropLast("-true".count))
    }

    /// An expression, or a definition with expressions in it, in the form that all servers' are brought to.
    static func normalized(_ text: String, of type: String) -> String {
        var nodes = ExpressionText(text).nodes
        if type == "trigger", let execute = nodes.lastIndex(of: .token("EXECUTE")), execute + 2 < nodes.count,
            nodes[execute + 2] == .token("PROCEDURE")
        {
            nodes[execute + 2] = .token("FUNCTION")
        }
        let normal = ExpressionText(nodes).normalized
        let suffix = " NOT VALID"
        return type.hasSuffix("constraint") && normal.hasSuffix(suffix) ? String(normal.dropLast(suffix.count)) : normal
    }
}

/// Puts the environment's values in the place of `${NAME}` in a text.
struct EnvironmentReference {
    enum Failure: Error, Hashable {
        case unset(String)
        /// `${` without a name and a `}` after it.
        case malformed
    }

    /// True where the text has something to replace.
    static func occurs(in text: String) -> Bool { text.contains("${") }

    static func expand(_ text: String, with environment: [String: String]) throws(Failure) -> String {
        var expanded = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "${") {
            expanded += rest[..<start.lowerBound]
            let after = rest[start.upperBound...]
            guard let end = after.firstIndex(of: "}"), isName(after[..<end]) else { throw .malformed }
            let name = String(after[..<end])
            guard let value = environment[name] else { throw .unset(name) }
            expanded += value
            rest = after[after.index(after: end)...]
        }
        return expanded + rest
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}

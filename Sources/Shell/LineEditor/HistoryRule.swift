/// Which statements the history keeps (psql's HISTCONTROL), and which it never does because they hold a secret.
struct HistoryRule: Sendable, Equatable {
    var ignoresLeadingSpace = false
    var ignoresDuplicates = false

    /// Whether to keep the statement after `previous`.
    func keeps(_ statement: String, after previous: String?) -> Bool {
        if statement.allSatisfy(\.isWhitespace) { return false }
        if ignoresLeadingSpace && statement.first == " " { return false }
        if ignoresDuplicates && statement == previous { return false }
        return !Self.holdsSecret(statement)
    }

    /// Whether the statement may have a password in it: `PASSWORD '…'`, `password=` in a connection string, the connection
    /// of a subscription, the options of a user mapping, a URI with credentials. In doubt a statement is left out.
    static func holdsSecret(_ statement: String) -> Bool {
        let text = statement.lowercased()
        if text.contains("password") {
            for rest in text.ranges(of: "password").map({ text[$0.upperBound...] }) {
                let next = rest.drop { $0.isWhitespace }
                if let first = next.first, "'=\"$:".contains(first) { return true }
                if next.hasPrefix("e'") || next.hasPrefix("u&'") { return true }
            }
        }
        if text.contains("subscription") && text.contains("connection") { return true }
        if text.contains("user") && text.contains("mapping") { return true }
        return text.ranges(of: "://").contains { hasCredentials(text[$0.upperBound...]) }
    }

    /// `user:password@` before the host.
    private static func hasCredentials(_ text: Substring) -> Bool {
        let authority = text.prefix { !$0.isWhitespace && !"/?'\"".contains($0) }
        guard let at = authority.lastIndex(of: "@") else { return text.contains("password=") }
        return authority[..<at].contains(":") || text.contains("password=")
    }
}

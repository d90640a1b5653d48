extension Completer {
    /// Completes in SQL by the words before the cursor, nearest first.
    func statement(_ text: String) -> Completion? {
        let scanner = CompletionScanner(text)
        guard !scanner.isInLiteral else { return nil }
        let word = scanner.word
        if let variable = variableName(word) { return variable }
        let words = scanner.words
        guard let last = words.last else { return Completion(word: word, candidates: keywords(Self.starts, word)) }

        if let kind = Self.objectKinds[last], Self.objectStatements.contains(words.dropLast().last ?? "") {
            return Completion(word: word, candidates: candidates(kind, word))
        }
        if Self.settingStatements.contains(last) && words.count <= 2 {
            let scopes = last == "SET" ? ["LOCAL", "SESSION"] : last == "SHOW" || last == "RESET" ? ["ALL"] : []
            return Completion(word: word, candidates: candidates(.setting, word) + keywords(scopes, word))
        }
        // The name of a new object cannot be guessed.
        if words.first == "CREATE" && Self.objectKinds[last] != nil { return nil }
        if namesTable(words) {
            return Completion(word: word, candidates: candidates(.table, word))
        }
        if last == "CREATE" || last == "DROP" || last == "ALTER" {
            return Completion(word: word, candidates: keywords(Self.objectKinds.keys.sorted(), word))
        }
        let columns = self.columns(words, word)
        if Self.beforeColumns.contains(last) || last.count == 1 {
            return Completion(word: word, candidates: columns + functions(last, word))
        }
        return Completion(word: word, candidates: columns + (word.isEmpty ? [] : keywords(Self.clauses, word)))
    }

    /// Whether the next word is a table: after FROM and its like, or after a comma in such a list.
    private func namesTable(_ words: [String]) -> Bool {
        guard let last = words.last else { return false }
        if last == "," {
            for word in words.reversed() {
                if word == "FROM" { return true }
                if word == "(" || word == ")" || Self.beforeColumns.contains(word) || Self.starts.contains(word) {
                    return false
                }
            }
            return false
        }
        let isCreating = words.first == "CREATE" || words.dropLast().last == "CREATE"
        switch last {
        case "TABLE": return !isCreating
        case "ON": return isCreating && words.contains("INDEX") || isCreating && words.contains("TRIGGER")
        case "UPDATE": return words.dropLast().last != "FOR" && words.dropLast().last != "DO"
        default: return Self.beforeTables.contains(last)
        }
    }

    /// Columns of the tables that the statement names, or of the one (or alias) before the dot.
    private func columns(_ words: [String], _ word: String) -> [Completion.Candidate] {
        let identifier = Identifier(word)
        var named: [CatalogSnapshot.Relation] = []
        for (index, text) in words.enumerated() {
            guard let relation = relation(text) else { continue }
            guard let qualifier = identifier.qualifier else {
                named.append(relation)
                continue
            }
            // `orders o`, `orders AS o`, or the table's own name.
            var alias = index + 1 < words.count ? words[index + 1] : ""
            if alias == "AS" && index + 2 < words.count { alias = words[index + 2] }
            if alias.lowercased() == qualifier || relation.name == qualifier { named.append(relation) }
        }
        return named.flatMap(\.columns).compactMap { identifier.candidate($0) }
    }

    /// The relation that a word of the statement names.
    private func relation(_ text: String) -> CatalogSnapshot.Relation? {
        let parts = text.split(separator: ".").map { part in
            part.hasPrefix("\"") ? String(part.dropFirst().dropLast()).replacing("\"\"", with: "\"") : part.lowercased()
        }
        guard let name = parts.last else { return nil }
        return snapshot.relations.first { relation in
            guard relation.name == name, !relation.columns.isEmpty else { return false }
            return parts.count > 1 ? relation.schema == parts[parts.count - 2] : relation.isVisible
        }
    }

    /// Functions where a value may stand, once something is typed.
    private func functions(_ last: String, _ word: String) -> [Completion.Candidate] {
        guard !word.isEmpty, !word.contains(".") else { return [] }
        return (snapshot.names[.function] ?? []).filter { $0.hasPrefix(word.lowercased()) && !$0.hasPrefix("_") }
            .compactMap { Identifier(word).candidate($0, suffix: "(") }
    }

    /// In the case that the word was begun in: lower only where it is so typed.
    private func keywords(_ keywords: [String], _ word: String) -> [Completion.Candidate] {
        let isLower = word.first?.isLowercase ?? false
        return keywords.filter { $0.hasPrefix(word.uppercased()) }.map { .init(isLower ? $0.lowercased() : $0) }
    }

    static let starts = [
        "ABORT", "ALTER", "ANALYZE", "BEGIN", "CALL", "CHECKPOINT", "CLOSE", "CLUSTER", "COMMENT", "COMMIT", "COPY",
        "CREATE", "DEALLOCATE", "DECLARE", "DELETE FROM", "DISCARD", "DO", "DROP", "END", "EXECUTE", "EXPLAIN", "FETCH",
        "GRANT", "IMPORT", "INSERT INTO", "LISTEN", "LOAD", "LOCK", "MERGE", "MOVE", "NOTIFY", "PREPARE", "REASSIGN",
        "REFRESH MATERIALIZED VIEW", "REINDEX", "RELEASE", "RESET", "REVOKE", "ROLLBACK", "SAVEPOINT", "SECURITY LABEL",
        "SELECT", "SET", "SHOW", "START", "TABLE", "TRUNCATE", "UNLISTEN", "UPDATE", "VACUUM", "VALUES", "WITH",
    ]

    private static let clauses = [
        "AND", "AS", "ASC", "BETWEEN", "BY", "CASCADE", "CROSS JOIN", "DESC", "DISTINCT", "EXCEPT", "EXISTS", "FROM",
        "FULL JOIN", "GROUP BY", "HAVING", "ILIKE", "IN", "INNER JOIN", "INTERSECT", "IS NOT NULL", "IS NULL", "JOIN",
        "LEFT JOIN", "LIKE", "LIMIT", "NOT", "NULL", "OFFSET", "ON", "ON CONFLICT", "OR", "ORDER BY", "RETURNING",
        "RIGHT JOIN", "SELECT", "SET", "UNION", "UNION ALL", "USING", "VALUES", "WHERE", "WINDOW", "WITH",
    ]

    private static let beforeTables: Set<String> = [
        "FROM", "JOIN", "INTO", "ONLY", "TRUNCATE", "ANALYZE", "VACUUM", "LOCK", "REFERENCES", "COPY", "CLUSTER",
        "VERBOSE",
    ]

    private static let beforeColumns: Set<String> = [
        "SELECT", "WHERE", "AND", "OR", "ON", "BY", "SET", "HAVING", "DISTINCT", "RETURNING", "NOT", "COLUMN", "USING",
        "WHEN", "THEN", "ELSE", "CASE", "BETWEEN", "LIKE", "IN",
    ]

    private static let settingStatements: Set<String> = ["SHOW", "RESET", "SET", "SESSION", "LOCAL"]

    private static let objectStatements: Set<String> = [
        "DROP", "ALTER", "REINDEX", "COMMENT", "ON", "MATERIALIZED", "IN", "EXISTS", "FOREIGN", "REFRESH", "TO",
    ]

    private static let objectKinds: [String: CompletionKind] = [
        "TABLE": .table, "VIEW": .view, "INDEX": .index, "SEQUENCE": .sequence, "SCHEMA": .schema,
        "FUNCTION": .function,
        "PROCEDURE": .function, "TYPE": .type, "DOMAIN": .type, "ROLE": .role, "USER": .role, "GROUP": .role,
        "DATABASE": .database, "TABLESPACE": .tablespace, "EXTENSION": .installedExtension, "PUBLICATION": .publication,
    ]
}

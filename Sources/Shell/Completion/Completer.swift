/// Completes the word before the cursor: a pure function of the text, the catalog as it was read, the commands and the
/// variables. Files are looked up through `entries`.
struct Completer {
    var snapshot = CatalogSnapshot()
    var commands: [CompletableCommand] = []
    var variables: [String] = []
    /// The entries of a folder, each with whether it is a folder itself.
    var entries: (String) -> [(name: String, isFolder: Bool)] = { _ in [] }

    /// `text` is the statement up to the cursor, from its first line on. Nil where there is nothing to offer.
    func complete(_ text: String) -> Completion? {
        let completion = text.drop { $0.isWhitespace }.hasPrefix("\\") ? command(text) : statement(text)
        guard var completion, !completion.candidates.isEmpty else { return nil }
        var seen = Set<String>()
        completion.candidates = completion.candidates.filter { seen.insert($0.text).inserted }
            .sorted { $0.text < $1.text }
        return completion
    }

    // MARK: - Meta-commands

    private func command(_ text: String) -> Completion? {
        let line = text.drop { $0.isWhitespace }.dropFirst()
        var words = line.split(omittingEmptySubsequences: false) { $0.isWhitespace }.map(String.init)
        let word = words.removeLast()
        let before = words.filter { !$0.isEmpty }
        if let variable = variableName(word) { return variable }

        // The words so far may begin a name of several words, and may be a whole name.
        var candidates: [Completion.Candidate] = []
        for command in commands {
            let parts = command.name.split(separator: " ").map(String.init)
            if parts.count > before.count && Array(parts.prefix(before.count)) == before
                && parts[before.count].hasPrefix(word)
            {
                candidates.append(.init(before.isEmpty ? "\\" + parts[0] : parts[before.count]))
            }
        }
        if before.isEmpty { return Completion(word: "\\" + word, candidates: candidates) }
        if let command = calledCommand(before) {
            for kind in command.completes { candidates += self.candidates(kind, word) }
        }
        return Completion(word: word, candidates: candidates)
    }

    /// The longest command that the words begin with; letters after a name (`\dt+`) do not count.
    private func calledCommand(_ words: [String]) -> CompletableCommand? {
        let matching = commands.filter { command in
            let parts = command.name.split(separator: " ").map(String.init)
            return words.count >= parts.count && Array(words.prefix(parts.count)) == parts
        }
        if let longest = matching.max(by: { $0.name.count < $1.name.count }) { return longest }
        guard let first = words.first, first.hasSuffix("+") || first.hasSuffix("S") else { return nil }
        return calledCommand([String(first.dropLast())] + words.dropFirst())
    }

    // MARK: - Candidates

    func candidates(_ kind: CompletionKind, _ word: String) -> [Completion.Candidate] {
        switch kind {
        case .relation: return relations(word) { _ in true }
        case .table: return relations(word) { "rpfvm".contains($0) }
        case .index: return relations(word) { "iI".contains($0) }
        case .view: return relations(word) { "vm".contains($0) }
        case .sequence: return relations(word) { $0 == "S" }
        case .file: return files(word)
        case .variable: return variables.filter { $0.hasPrefix(word) }.map { .init($0) }
        case .words(let words): return words.filter { $0.hasPrefix(word) }.map { .init($0) }
        case .setting:
            return (snapshot.names[kind] ?? []).filter { $0.lowercased().hasPrefix(word.lowercased()) }.map {
                .init($0)
            }
        default: return (snapshot.names[kind] ?? []).compactMap { Identifier(word).candidate($0) }
        }
    }

    /// Relations that the search path shows, schemas, and with a schema typed the relations in it. The system's own are
    /// offered once their `pg_` is typed.
    private func relations(_ word: String, _ isWanted: (Character) -> Bool) -> [Completion.Candidate] {
        let identifier = Identifier(word)
        guard let schema = identifier.qualifier else {
            let found = snapshot.relations.filter { relation in
                isWanted(relation.kind) && relation.isVisible && (!relation.isSystem || !word.isEmpty)
            }
            let schemas = (snapshot.names[.schema] ?? []).filter { !word.isEmpty || !$0.hasPrefix("pg_") }
            return found.compactMap { identifier.candidate($0.name) }
                + schemas.compactMap { identifier.candidate($0, suffix: ".") }
        }
        return snapshot.relations.filter { isWanted($0.kind) && $0.schema == schema }
            .compactMap { identifier.candidate($0.name) }
    }

    /// `:name`, `:'name'`, `:"name"` and `:{?name}` in SQL and in arguments.
    func variableName(_ word: String) -> Completion? {
        for (lead, tail) in [(":'", "'"), (":\"", "\""), (":{?", "}"), (":", "")] {
            guard word.hasPrefix(lead), !word.hasPrefix("::") else { continue }
            let prefix = word.dropFirst(lead.count)
            let matching = variables.filter { $0.hasPrefix(prefix) }
            return Completion(word: word, candidates: matching.map { .init(lead + $0 + tail, suffix: "") })
        }
        return nil
    }

    private func files(_ word: String) -> [Completion.Candidate] {
        let slash = word.lastIndex(of: "/")
        let folder = slash.map { String(word[...$0]) } ?? ""
        let prefix = slash.map { String(word[word.index(after: $0)...]) } ?? word
        return entries(folder.isEmpty ? "." : folder)
            .filter { $0.name.hasPrefix(prefix) && (prefix.hasPrefix(".") || !$0.name.hasPrefix(".")) }
            .map {
                .init(
                    folder + $0.name + ($0.isFolder ? "/" : ""), suffix: $0.isFolder ? "" : " ",
                    label: $0.name + ($0.isFolder ? "/" : ""))
            }
    }
}

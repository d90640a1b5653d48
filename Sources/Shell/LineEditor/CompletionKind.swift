/// What a word can be completed to: the argument of a meta-command, or a place in a statement.
enum CompletionKind: Sendable, Hashable {
    case relation, table, index, view, sequence
    case schema, function, type, role, database, tablespace, installedExtension, publication, subscription
    case file, variable, encoding
    /// One of these words.
    case words([String])
}

/// The kind of a word that completion offers: the argument of a meta-command, or a place in a statement.
enum CompletionKind: Sendable, Hashable {
    /// Anything in pg_class; tables and what is read like one; one kind alone.
    case relation, table, index, view, sequence
    case schema, function, type, role, database, tablespace, installedExtension, publication, slot, setting
    case file
    /// A `\set` variable's name.
    case variable
    /// One of these words.
    case words([String])
}

/// A meta-command as completion sees it.
struct CompletableCommand: Sendable {
    /// Without its backslash; may be several words.
    var name: String
    var completes: [CompletionKind]

    init(_ name: String, _ completes: [CompletionKind] = []) {
        self.name = name
        self.completes = completes
    }
}

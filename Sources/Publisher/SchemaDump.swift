internal import Catalog
public import Libpq
public import Postgres

// The schema's way to the shadow:
//
//   pg_dump -Fc --schema-only        the whole database but the tables that nobody needs (it would lock those)
//   pg_restore -l                    its table of contents, each entry with the catalog and OID of its object
//   choose                           the entries whose objects the followed tables need and the shadow lacks
//   pg_restore -L … -f -             their SQL, which the subscriber runs
//
// Three stages: tables and what they are made of; keys, indexes and the rest of the post-data section; foreign keys.

/// A stage of the schema, in the order in which they are restored.
public enum SchemaStage: Int, Sendable, CaseIterable {
    /// Schemas, extensions, types, functions, sequences, tables: before the rows.
    case tables = 1
    /// Keys, indexes, triggers, policies: after the rows.
    case keys = 2
    /// Foreign keys: once all tables show the same moment.
    case foreignKeys = 3
}

/// The schema of some tables as it is at one moment, kept in a file without a name.
public final class SchemaDump {
    private let archive: ScratchFile
    private let tools: PgTools
    private let entries: [ArchiveEntry]
    private let objects: [SchemaObject]
    /// The version whose SQL the dump speaks.
    public let sourceVersion: ServerVersion

    /// Dumps the schema of the tables, as the snapshot shows it if one is given.
    ///
    /// Throws pg_dump's own words where it fails.
    public init(
        of tables: [OID], on session: SourceSession, source: ConnectionString, snapshot: String?
    ) throws(PostgresError) {
        objects = try session.schemaObjects(of: tables)
        sourceVersion = session.connection.serverVersion
        tools = try PgTools.find(for: sourceVersion)
        archive = try ScratchFile()
        let relations = objects.filter { $0.relation != nil }.map(\.objectID)
        var arguments = [
            "--format=custom", "--schema-only", "--no-owner", "--no-privileges", "--no-publications",
            "--no-subscriptions", "--no-tablespaces", "--encoding=UTF8", "--file=\(archive.path)",
        ]
        if let snapshot { arguments.append("--snapshot=\(snapshot)") }
        for table in try session.dumpedTables(wanted: relations) where !table.isWanted {
            arguments.append("--exclude-table=\(table.name.quoted)")
        }
        let call = try ToolConnection(to: source, as: session)
        arguments.append("--dbname=\(call.argument)")
        _ = try PgTools.run(
            tools.pgDump, arguments, environment: call.environment, interrupt: session.connection.interrupt)
        entries = try PgTools.run(tools.pgRestore, ["--list", archive.path]).split(separator: "\n").compactMap {
            ArchiveEntry(line: $0)
        }
    }

    /// The tables among it.
    public var relations: [QualifiedName] { objects.compactMap(\.relation) }

    /// What the shadow may have already.
    public var identities: [SchemaObject.Identity] { objects.map(\.identity) }

    /// The statements of a stage, in order, but for objects that exist. Those of `independent` may run at the same time.
    ///
    /// - Parameters:
    ///   - withTriggers: false where the shadow's role can't keep triggers, rules and foreign keys from firing while rows are
    ///     applied.
    ///   - attached: tables that are partitions in the shadow.
    ///   - attachesLate: partitions are attached behind their keys, which their table then takes over.
    public func scripts(
        _ stage: SchemaStage, existing: Set<SchemaObject.Identity>, attached: Set<QualifiedName>, withTriggers: Bool,
        attachesLate: Bool
    ) throws(PostgresError) -> (independent: [String], inOrder: String) {
        let missing = objects.filter { !existing.contains($0.identity) }
        let chosen = ArchiveSelection(missing: missing, all: objects, attached: attached).choose(
            entries, stage, withTriggers: withTriggers, attachesLate: attachesLate)
        let independent = chosen.filter { stage == .keys && $0.isIndependent }
        let rest = chosen.filter { !(stage == .keys && $0.isIndependent) }
        return (try pieces(independent), try text(of: rest, verbose: false))
    }

    private func text(of entries: [ArchiveEntry], verbose: Bool) throws(PostgresError) -> String {
        if entries.isEmpty { return "" }
        let list = try ScratchFile()
        try list.write(entries.map(\.line).joined(separator: "\n") + "\n")
        var arguments = ["--use-list=\(list.path)", "--no-owner", "--no-privileges", "--file=-", archive.path]
        if verbose { arguments.insert("--verbose", at: 0) }
        return try PgTools.run(tools.pgRestore, arguments)
    }

    /// One text an entry: with --verbose each begins with the number of its place in the table of contents.
    private func pieces(_ entries: [ArchiveEntry]) throws(PostgresError) -> [String] {
        var pieces: [String] = []
        for line in try text(of: entries, verbose: true).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("-- TOC entry ") {
                pieces.append("")
            } else if !pieces.isEmpty, !line.hasPrefix("--"), !line.isEmpty {
                pieces[pieces.count - 1] += line + "\n"
            }
        }
        guard pieces.count == entries.count else {
            throw PostgresError(
                "pg_restore wrote \(pieces.count) of \(entries.count) indexes and keys",
                hint: "Check that pg_dump and pg_restore are of one version.", sqlState: .dataCorrupted)
        }
        return pieces
    }
}

public import Catalog
public import Job
public import Libpq
public import Postgres

// The schema's way to the shadow:
//
//   pg_dump -Fc --schema-only        the whole database but the tables that nobody needs (it would lock those)
//   Archive                          its table of contents, each entry with the catalog and OID of its object, its statements,
//                                    and what must come before
//   SchemaSelection                  the entries whose objects the followed tables need and the shadow lacks
//   SchemaPiece                      each of them, which the subscriber makes by itself
//
// Three stages: tables and what they are made of; keys, indexes and the rest of the post-data section; foreign keys.

/// The schema of some tables as it is at one moment.
public final class SchemaDump {
    private let entries: [ArchiveEntry]
    private let objects: [SchemaObject]
    private let notNull: NotNullConstraints?
    /// The version whose SQL the dump speaks.
    public let sourceVersion: ServerVersion

    /// Dumps the schema of the tables, as the snapshot shows it if one is given.
    ///
    /// Throws pg_dump's own words where it fails, but the session's error where that has lost its server.
    public init(
        of tables: [OID], on session: Source, source: ConnectionString, snapshot: String?
    ) throws(PostgresError) {
        objects = try session.schemaObjects(of: tables)
        sourceVersion = session.serverVersion
        let relations = objects.filter { $0.relation != nil }.map(\.objectID)
        notNull = sourceVersion.major >= 18 ? try NotNullConstraints(of: relations, on: session) : nil
        let tools = try PgTools.find(for: sourceVersion)
        let archive = try ScratchFile()
        let filter = try ScratchFile()
        // Quoted, a name is no keyword of a newer server either.
        var arguments = [
            "--format=custom", "--compress=0", "--schema-only", "--no-owner", "--no-privileges", "--no-publications",
            "--no-subscriptions", "--no-security-labels", "--encoding=UTF8", "--quote-all-identifiers",
            "--file=\(archive.path)",
        ]
        if let snapshot { arguments.append("--snapshot=\(snapshot)") }
        let unwanted = try session.dumpedTables(wanted: relations).filter { !$0.isWanted }.map(\.name)
        arguments += try tools.exclusions(of: unwanted, filter)
        let call = try ToolConnection(to: source, as: session)
        arguments.append("--dbname=\(call.argument)")
        try Self.run(tools.pgDump, arguments, environment: call.environment, beside: session, snapshot)
        entries = try Archive(try archive.read()).entries
    }

    /// Nothing but its words says why a dump has failed, and much of that passes: it locks every table that is wanted, so that it
    /// may be the one whom a deadlock ends; its session may be cut. So it is tried again before it is given up.
    private static let attempts = 3

    private static func run(
        _ program: String, _ arguments: [String], environment: [String: String], beside session: Source,
        _ snapshot: String?
    ) throws(PostgresError) {
        for attempt in 1...attempts {
            do throws(PostgresError) {
                _ = try PgTools.run(program, arguments, environment: environment, interrupt: session.interrupt)
                return
            } catch {
                // Where the server has gone away, or the snapshot, the session throws what can be tried again.
                _ = try session.sourcePosition()
                if let snapshot {
                    try session.useSnapshot(snapshot)
                    try session.endTransaction()
                }
                if attempt == attempts { throw error }
            }
            try Wait.pause(milliseconds: 500 * attempt, interrupt: session.interrupt)
        }
    }

    /// The tables among it.
    public var relations: [QualifiedName] { objects.compactMap(\.relation) }

    /// The tables that were asked for.
    public var followed: [QualifiedName] { objects.filter(\.isFollowed).compactMap(\.relation) }

    /// The objects that the shadow may have already.
    public var identities: [CatalogObject.Identity] { objects.map(\.identity) }

    /// NOT NULLs that a server of this version cannot have: by the table, the columns.
    public func lostNotNulls(for server: ServerVersion) -> [QualifiedName: [String]] {
        guard server.major < 18, let notNull else { return [:] }
        var lost: [QualifiedName: [String]] = [:]
        for table in objects.compactMap(\.table) { lost[table] = notNull.lost(of: table) }
        return lost.filter { !$0.value.isEmpty }
    }

    /// The pieces of a stage, in order, but for objects that exist.
    ///
    /// - Parameters:
    ///   - server: whose SQL they are to speak.
    ///   - withTriggers: false where the shadow's role cannot keep triggers, rules and foreign keys from firing while
    ///     rows are applied.
    ///   - attached: tables that are partitions in the shadow.
    ///   - attachesLate: partitions are attached after their keys, which their table then takes over.
    public func pieces(
        _ stage: SchemaStage, for server: ServerVersion, existing: Set<CatalogObject.Identity>,
        attached: Set<QualifiedName>, withTriggers: Bool, attachesLate: Bool
    ) -> [SchemaPiece] {
        let pieces = SchemaSelection(
            entries, of: objects, existing: existing, attached: attached, attachesLate: attachesLate
        ).pieces(stage, withTriggers: withTriggers)
        guard server.major < 18, let notNull else { return pieces }
        return pieces.map(notNull.older)
    }
}

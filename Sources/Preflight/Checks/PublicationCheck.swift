internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Publisher
internal import Scripts

extension Preflight {
    static let publication = Check("publication", "Publication", needs: [.source, .replication]) {
        examination throws(PostgresError) in
        if let publication = examination.publication {
            return try existing(publication, examination)
        }
        return try missing(examination)
    }

    /// The publication is there: it must hold what is to be followed.
    private static func existing(
        _ publication: Publication, _ examination: Examination
    ) throws(PostgresError) -> Outcome {
        let outside = examination.followed.filter { followed in
            followed.published == nil && !publication.allTables
                && !followed.leaves.contains { examination.publishedOIDs.contains($0.oid) }
        }
        guard outside.isEmpty else { return try incomplete(publication, outside.map(\.table), examination) }
        guard !examination.followed.isEmpty else {
            return .fail(
                "publication \"\(publication.name)\" has no tables", found: "0 tables", needed: "1 table or more",
                hint: "Add tables: \\publish TABLE …")
        }
        let operations = [
            (publication.inserts, "insert"), (publication.updates, "update"), (publication.deletes, "delete"),
            // TRUNCATE can be published since 11.
            (publication.truncates || examination.source.map { $0.serverVersion.major < 11 } ?? false, "truncate"),
        ]
        let left = operations.filter { !$0.0 }.map(\.1)
        let found = count(examination.followed.count, "table") + (publication.allTables ? " (all)" : "")
        guard left.isEmpty else {
            return .warn(
                "publication \"\(publication.name)\" does not publish \(left.joined(separator: ", "))",
                found: operations.filter(\.0).map(\.1).joined(separator: ", "),
                needed: operations.map(\.1).joined(separator: ", "),
                hint: "The shadow will not follow those operations; publish them too where it should equal the source.",
                fix: Fix([.operations(operations.map(\.1), publication: publication.name)]))
        }
        let roots = examination.followed.filter { $0.table.kind == .partitioned && $0.published != nil }
        guard publication.viaRoot, !roots.isEmpty else {
            return .pass("publication \"\(publication.name)\" publishes \(found)", found: found)
        }
        return asRoots(publication, roots.map(\.table), found, examination)
    }

    /// The stream does not report when a single partition is detached, dropped or truncated; the engine finds it in the
    /// catalog and, where the mode allows it, copies the table again.
    private static func asRoots(
        _ publication: Publication, _ roots: [Table], _ found: String, _ examination: Examination
    ) -> Outcome {
        guard examination.context.mode == .cdc else {
            return .pass(
                "publication \"\(publication.name)\" publishes \(found), partitions as their root: a TRUNCATE of one has its table copied again",
                found: found)
        }
        return .warn(
            "publication \"\(publication.name)\" sends partitions as their root, so the stream does not report when one is detached, dropped or truncated",
            found: "publish_via_partition_root: \(list(roots.map { "\($0.name)" }))",
            needed: "partitions that are sent as themselves",
            hint:
                "The mode cdc copies nothing by itself: the engine warns when that happens, and \\backfill resync TABLE puts it right.",
            fix: Fix(
                [SourceFix.partitionsAsThemselves(publication: publication.name).statement], .sourceByHand))
    }

    /// Tables were named that the publication lacks.
    private static func incomplete(
        _ publication: Publication, _ outside: [Table], _ examination: Examination
    ) throws(PostgresError) -> Outcome {
        let names = list(outside.map { "\($0.name)" })
        let fix = SourceFix.addTables(outside.map(\.name), publication: publication.name)
        let mayAdd = publication.isOwner && outside.allSatisfy(\.isOwner)
        if mayAdd, examination.context.mode == .hybrid {
            let message = "publication \"\(publication.name)\" does not hold \(names)"
            if let refused = try readOnly(message, fix, examination) { return refused }
            return .pass("publication \"\(publication.name)\" exists; \(names) will be added")
        }
        return .fail(
            "publication \"\(publication.name)\" does not hold \(names)",
            found: "\(outside.count) of \(count(examination.followed.count, "table")) not published",
            needed: "all of them published",
            hint: mayAdd
                ? "Add them with \\publish, or run the statement."
                : "Run the statement as the owner of the publication (\(publication.owner)) and of the tables.",
            fix: Fix([fix]))
    }

    /// There is no publication: the job creates it, if it may.
    private static func missing(_ examination: Examination) throws(PostgresError) -> Outcome {
        let name = examination.context.publication
        let tables = examination.followed.map(\.table)
        let fix = tables.isEmpty ? nil : SourceFix.createPublication(name, tables: tables.map(\.name))
        guard examination.context.mode != .cdc else {
            return .fail(
                "publication \"\(name)\" does not exist", found: "no such publication",
                needed: "a publication of the tables to follow",
                hint: "In the mode cdc the publication must be there before the job; create it with \\publish TABLE …",
                fix: fix.flatMap { Fix([$0]) })
        }
        guard let fix else {
            return .fail(
                "there is no table to publish", found: "no publication \"\(name)\", and include_tables selects nothing",
                needed: "1 table or more",
                hint: "Publish tables with \\publish, or widen include_tables of [backfill].")
        }
        var database = ""
        var mayCreate = false
        for row in try examination.readSource().read(.preflightDatabasePrivilege).rows {
            database = try row.string("database")
            mayCreate = try row.bool("may_create")
        }
        let foreign = tables.filter { !$0.isOwner }
        let user = examination.role.map(\.name) ?? ""
        guard mayCreate, foreign.isEmpty else {
            var reasons: [String] = []
            if !mayCreate { reasons.append("CREATE on database \"\(database)\" is missing") }
            if !foreign.isEmpty { reasons.append("other roles own \(list(foreign.map { "\($0.name)" }))") }
            return .fail(
                "publication \"\(name)\" does not exist and user \"\(user)\" may not create it",
                found: reasons.joined(separator: "; "),
                needed: "the publication, or CREATE on the database and ownership of the tables",
                hint: "Run the statement as the tables' owner, who needs CREATE on the database, or as a superuser.",
                fix: Fix([fix]))
        }
        if let refused = try readOnly("publication \"\(name)\" does not exist", fix, examination) { return refused }
        return .pass(
            "publication \"\(name)\" does not exist and will be created for \(count(tables.count, "table"))",
            found: "no such publication; may be created")
    }

    /// A fault where the job would have to write on a source whose transactions begin as read-only.
    private static func readOnly(
        _ message: String, _ fix: SourceFix, _ examination: Examination
    ) throws(PostgresError) -> Outcome? {
        guard let reason = try examination.readSource().readOnlyDefault() else { return nil }
        return .fail(
            "\(message), and the job may not write on the source",
            found: reason == .standby ? "the source is a standby" : "default_transaction_read_only is on",
            needed: "the publication, which is all that is written there",
            hint: reason.hint([fix.statement]),
            fix: reason == .standby ? nil : Fix([.writing(fix)]))
    }
}

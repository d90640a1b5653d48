internal import Catalog
internal import Job
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

/// Brings the schema of followed tables to the shadow: one dump, made piece by piece and stage by stage. Objects that
/// the shadow has are left as they are.
///
/// A piece that the shadow refuses is set aside: noted in the job, with an event, and all else goes on. A table that
/// cannot be made is that table's problem. Only where no table can be made the job has nothing to go on with.
final class SchemaCopy {
    private let dump: SchemaDump
    private let session: JobSession
    private let attachesLate: Bool
    private let isStrict: Bool
    private var failures = SchemaFailures()
    private var noted: [SetAside]
    /// Followed tables that could not be made.
    private(set) var failedTables: [QualifiedName: PostgresError] = [:]

    /// - Parameters:
    ///   - snapshot: the moment whose schema is wanted; nil for now.
    ///   - attachesLate: partitions are attached after their keys, which their table, if it has keys already, then takes
    ///     over instead of making its own.
    ///   - isStrict: a refusal of the shadow is thrown and not set aside: it means that its partitions are elsewhere.
    init(
        of tables: [OID], _ session: JobSession, snapshot: String?, attachesLate: Bool = false, isStrict: Bool = false
    ) throws(PostgresError) {
        self.session = session
        self.attachesLate = attachesLate
        self.isStrict = isStrict
        dump = try SchemaDump(of: tables, on: session.source, source: session.settings.source, snapshot: snapshot)
        noted = try session.store.setAside()
        if !session.silencesTriggers { warnOfTriggers() }
    }

    /// Throws the first refusal where none of the tables can be made; nothing is kept then.
    ///
    /// - Parameter rebuild: tables that are there already, to be brought to the columns that they have now.
    func restoreTables(_ rebuild: TableRebuild? = nil) throws(PostgresError) {
        let pieces = try pieces(.tables)
        let alterations = try rebuild?.alterations() ?? [:]
        let emptied = try pendingTablesToMake(dump.followed)
        try session.shadow.transaction { () throws(PostgresError) in
            // Types and sequences first, and what belongs to the tables after their columns.
            let start = pieces.firstIndex(where: Self.belongs(to: alterations)) ?? pieces.endIndex
            try makeInOrder(pieces[..<start])
            for (table, error) in try rebuild?.carryOut(alterations) ?? [:] {
                failedTables[table] = error
                try session.journal.problem(
                    error, of: table, "table \(table) could not be brought to its present columns")
            }
            try makeInOrder(pieces[start...])
            let followed = Set(dump.followed)
            if !followed.isEmpty, followed.isSubset(of: failedTables.keys),
                let first = pieces.first(where: { $0.table.map { failedTables[$0] != nil } ?? false }),
                var error = first.table.flatMap({ failedTables[$0] })
            {
                error.hint = SchemaFailures.hint(first, error)
                throw error
            }
            try takeRowsOfExtensions(emptied)
        }
        try adoptPath()
        let lost = dump.lostNotNulls(for: session.shadow.serverVersion)
        for (table, columns) in lost.sorted(by: { $0.key < $1.key }) {
            for column in columns {
                try session.store.note(
                    SetAside(
                        type: "table column", identity: "\(table.description).\(QualifiedName.display(column))",
                        aspect: .nullable, table: table,
                        reason: "PostgreSQL before 18 has no NOT NULL that is not inherited", putBack: []))
            }
        }
    }

    /// Whether a piece may need the columns of altered tables.
    private static func belongs(to alterations: [QualifiedName: TableAlteration]) -> (SchemaPiece) -> Bool {
        { piece in
            guard !alterations.isEmpty else { return false }
            return piece.kind == "sequence owned by" || piece.table.map { alterations[$0] != nil } ?? false
        }
    }

    /// Lets functions of the shadow find the objects that they name as on the source.
    private func adoptPath() throws(PostgresError) {
        guard session.hasOwnPath else { return }
        do throws(PostgresError) {
            if try session.shadow.adoptPath(session.functionPath) {
                session.journal.log(
                    "the shadow's database has search_path \(session.functionPath) now, as the source's has")
            }
        } catch  where error.sqlState == .insufficientPrivilege {
            session.journal.warn(
                "the shadow's database has not the search_path of the source's: \(error.message)",
                hint:
                    "Functions may rely on it. As the database's owner: ALTER DATABASE … SET search_path = \(session.functionPath)."
            )
        }
    }

    /// Keys and indexes, several at a time, and whatever else belongs after the rows.
    func restoreKeys() throws(PostgresError) {
        let pieces = try pieces(.keys)
        let independent = try tryable(pieces.filter(\.isIndependent))
        for (piece, error) in try IndexWorkers(session).build(independent) {
            try note(piece, error, isConsequence: false)
        }
        for piece in independent where failures.cause(of: piece) == nil { try forget(piece) }
        let rest = pieces.filter { !$0.isIndependent }
        try session.shadow.transaction { () throws(PostgresError) in try makeInOrder(rest) }
        session.journal.logger.info("built \(independent.count) indexes and keys")
    }

    /// Less than the time after which a server looks for a deadlock (deadlock_timeout, 1 s): a key locks both its tables, of
    /// which the stream may have one and want the other, and then it is the key that can wait.
    private static let lockWait = 400

    /// Only once all tables show the same moment. A key that rows of the source break is made NOT VALID.
    ///
    /// - Returns: False where somebody has one of the tables for longer than a key waits, so that some are still to be made.
    func restoreForeignKeys() throws(PostgresError) -> Bool {
        try session.shadow.restoring { () throws(PostgresError) in
            try session.shadow.limitLockWaits(milliseconds: Self.lockWait)
            var isDone = true
            for piece in try tryable(try pieces(.foreignKeys)) {
                do throws(PostgresError) {
                    try restoreForeignKey(piece)
                } catch {
                    guard [.lockNotAvailable, .deadlockDetected].contains(error.sqlState) else { throw error }
                    isDone = false
                }
            }
            try session.shadow.limitLockWaits(milliseconds: 0)
            return isDone
        }
    }

    private func restoreForeignKey(_ piece: SchemaPiece) throws(PostgresError) {
        guard let error = try session.shadow.make(piece.sql, name: piece.name, readsRows: true) else {
            return try forget(piece)
        }
        if error.sqlState.code == "23503", try makeNotValid(piece) { return }
        try note(piece, error, isConsequence: false)
    }

    /// The pieces whose needs are met; the others are noted.
    private func tryable(_ pieces: [SchemaPiece]) throws(PostgresError) -> [SchemaPiece] {
        var tryable: [SchemaPiece] = []
        for piece in pieces {
            if let cause = failures.cause(of: piece) {
                try note(piece, cause, isConsequence: true)
            } else {
                tryable.append(piece)
            }
        }
        return tryable
    }

    private func pieces(_ stage: SchemaStage) throws(PostgresError) -> [SchemaPiece] {
        let existing = try session.shadow.existingObjects(dump.identities)
        for item in noted where item.aspect == .missing && !item.isForCopy && existing.contains(item.object) {
            try session.store.forget(item)
        }
        let relations = dump.relations
        let attached = Set(relations).subtracting(try session.shadow.unattachedTables(relations))
        return dump.pieces(
            stage, for: session.shadow.serverVersion, existing: existing, attached: attached,
            withTriggers: session.silencesTriggers, attachesLate: attachesLate)
    }

    /// In an open transaction.
    private func makeInOrder(_ pieces: some Collection<SchemaPiece>) throws(PostgresError) {
        guard !pieces.isEmpty else { return }
        try session.shadow.restoring { () throws(PostgresError) in
            for piece in pieces {
                // A piece that this one needs may have failed a moment ago.
                guard try !tryable([piece]).isEmpty else { continue }
                if let error = try session.shadow.make(
                    piece.sql, name: piece.name, accessMethod: piece.accessMethod)
                {
                    try note(piece, error, isConsequence: false)
                } else {
                    try forget(piece)
                }
            }
        }
    }

    /// Notes a piece that could not be made; one that follows from another failure gets no event of its own.
    private func note(_ piece: SchemaPiece, _ error: PostgresError, isConsequence: Bool) throws(PostgresError) {
        if isStrict { throw error }
        failures.add(piece, error)
        let item = SetAside(
            type: piece.object?.type ?? piece.kind, identity: piece.object?.name ?? piece.name, aspect: .missing,
            table: piece.table, reason: error.message, putBack: piece.isTable ? [] : [piece.sql])
        let isKnown = noted.contains { $0.object == item.object && $0.reason == item.reason }
        try session.store.note(item)
        if piece.isTable, let table = piece.table, dump.followed.contains(table) {
            failedTables[table] = error
            var problem = error
            problem.hint = SchemaFailures.hint(piece, error)
            problem.context = nil
            try session.store.setProblem(table, problem)
        }
        if !isConsequence, !isKnown {
            session.journal.warn(SchemaFailures.message(piece, error), hint: SchemaFailures.hint(piece, error))
        }
    }

    private func forget(_ piece: SchemaPiece) throws(PostgresError) {
        let object = piece.object ?? CatalogObject.Identity(piece.kind, piece.name)
        for item in noted where item.object == object && item.aspect == .missing {
            try session.store.forget(item)
        }
    }

    private func makeNotValid(_ piece: SchemaPiece) throws(PostgresError) -> Bool {
        guard let key = piece.foreignKey, let table = piece.table, let object = piece.object,
            try session.shadow.make("\(key.statement) NOT VALID", name: piece.name) == nil
        else { return false }
        try session.store.note(
            SetAside(
                type: object.type, identity: object.name, aspect: .notValid, table: table,
                reason: "rows of the source break it", putBack: [Shadow.validation(of: key.name, on: table)]))
        let orphans = try session.shadow.orphans(of: key.name, in: table)
        session.journal.warn(
            "foreign key \(QualifiedName.display(key.name)) of \(table) is NOT VALID in the shadow: rows of the source (\(orphans?.count ?? 0)) have no row that they point to",
            hint:
                "They are: \(orphans?.query ?? "unknown"). Mend them on the source; \\backfill reset then validates the key."
        )
        return true
    }

    /// The objects that are left out where triggers cannot be kept silent.
    private func warnOfTriggers() {
        session.journal.warnOnce(
            "triggers, rules and foreign keys are not restored in the shadow",
            hint:
                "Its role may not set session_replication_role, so they would act on what the job writes. If they are wanted: GRANT SET ON PARAMETER session_replication_role TO the role (15 and later) or a superuser's role, and start anew."
        )
    }

    /// Those of the tables that are to be copied into empty ones and are not in the shadow yet.
    private func pendingTablesToMake(_ tables: [QualifiedName]) throws(PostgresError) -> [QualifiedName] {
        let pending = Set(try session.store.tables().filter { $0.state == .pending }.map(\.name))
        var missing: [QualifiedName] = []
        for table in tables where pending.contains(table) {
            if try session.shadow.relation(table) == nil { missing.append(table) }
        }
        return missing
    }

    /// Rows that an extension's script has written into its own tables a moment ago go for the source's: the tables count as
    /// the job's.
    private func takeRowsOfExtensions(_ made: [QualifiedName]) throws(PostgresError) {
        let owners = try session.shadow.tablesOfExtensions(made).sorted { $0.key < $1.key }
        for (table, name) in owners {
            guard let relation = try session.shadow.relation(table), try session.shadow.hasRows(relation) else {
                continue
            }
            try session.store.setCopying(table)
            session.journal.log(
                "the rows that extension \(name) has written into \(table) are replaced by the source's")
        }
    }
}

internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// Something that is still to be set aside.
public struct SetAsideCandidate: Sendable, Hashable {
    public let item: SetAside
    /// The statements that do so.
    let statement: String
}

// The objects of the shadow's catalog that would refuse rows of the source, or act on them.
extension Shadow {
    /// The constraints that must not be there while tables are copied: CHECKs, which may depend on rows that are not there yet,
    /// and those of domains that old values need not satisfy. They come back after the rows.
    public func constraintsOfCopy(_ tables: [QualifiedName]) throws(PostgresError) -> [SetAsideCandidate] {
        let reason = "until the rows are copied"
        let names = tables.arrays
        return try candidates(.subscriberAsideChecks, names, reason, isForCopy: true)
            + candidates(.subscriberAsideDomains, names, reason, isForCopy: true)
    }

    /// The triggers and rules that would act on rows that are written into tables.
    ///
    /// - Parameter isReplica: the job's sessions keep ordinary triggers from firing, not those that are ENABLE ALWAYS or REPLICA.
    public func triggersToSilence(
        _ tables: [QualifiedName], isReplica: Bool
    ) throws(PostgresError) -> [SetAsideCandidate] {
        return try candidates(
            .subscriberAsideTriggers, tables.arrays + [String(isReplica)],
            "it would act a second time on what the source has done already")
    }

    /// The tables whose forced row security would keep the job from its own rows.
    public func forcedRowSecurity(_ tables: [QualifiedName]) throws(PostgresError) -> [SetAsideCandidate] {
        return try candidates(.subscriberAsideRowSecurity, tables.arrays, "it would hide rows from the job")
    }

    /// The NOT NULLs of columns that do not come with a table's rows.
    public func notNulls(
        ofUnsent columns: [String], _ table: QualifiedName
    ) throws(PostgresError) -> [SetAsideCandidate] {
        guard !columns.isEmpty else { return [] }
        return try candidates(
            .subscriberAsideNullable, [table.schema, table.name, ArrayText.text(columns), "false"],
            "the publication does not send the column")
    }

    /// The objects that may have refused a row of a table; empty where nothing can be set aside for it.
    public func candidates(
        for refusal: Refusal, of table: QualifiedName, _ error: PostgresError
    ) throws(PostgresError) -> [SetAsideCandidate] {
        let reason = "it refuses a row that the source has accepted (\(error.sqlState))"
        switch refusal {
        case .constraint(let name):
            return try candidates(.subscriberAsideRefused, [table.schema, table.name, name], reason)
        case .function:
            return try candidates(
                .subscriberAsideRefused, [table.schema, table.name, nil],
                "it calls a function, and a row that the source has accepted fails (\(error.sqlState))")
        case .notNull(let column):
            return try candidates(
                .subscriberAsideNullable, [table.schema, table.name, ArrayText.text([column]), "true"], reason)
        case .domain(let domain, let constraint):
            return try candidates(.subscriberAsideDomain, [domain.schema, domain.name, constraint], reason)
        }
    }

    /// The statement that validates a constraint.
    public static func validation(of constraint: String, on table: QualifiedName) -> String {
        "ALTER TABLE \(table.quoted) VALIDATE CONSTRAINT \(quoteIdentifier(constraint))"
    }

    /// Tables that belong to an extension of this database, of which its script may have filled some.
    public func tablesOfExtensions(_ tables: [QualifiedName]) throws(PostgresError) -> [QualifiedName: String] {
        var extensions: [QualifiedName: String] = [:]
        for row in try connection.query(.subscriberTablesOfExtensions, tables.arrays).rows {
            let table = try row.qualifiedName()
            extensions[table] = try row.string("extension")
        }
        return extensions
    }

    private func candidates(
        _ script: Script, _ parameters: [String?], _ reason: String, isForCopy: Bool = false
    ) throws(PostgresError) -> [SetAsideCandidate] {
        var found: [SetAsideCandidate] = []
        let result = try withoutFunctionPath { () throws(PostgresError) in try connection.query(script, parameters) }
        for row in result.rows {
            found.append(
                SetAsideCandidate(
                    item: SetAside(
                        type: try row.string("type"), identity: try row.string("identity"),
                        aspect: try row.aspect(), table: try row.table(), reason: reason,
                        putBack: try row.strings("put_back"), isForCopy: isForCopy),
                    statement: try row.string("set_aside")))
        }
        return found
    }
}

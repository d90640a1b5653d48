internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

// The rules by which text is ordered belong to the operating system or to ICU, and change with their releases. Then an index
// that was built by the old ones no longer finds its rows, and a unique index lets doubles in (manual, 24.2.2). Between
// two servers different rules harm no row, but the same query may order them differently.
extension Preflight {
    static let collation = Check("collation", "Collations", needs: .source) { examination throws(PostgresError) in
        let source = try examination.readSource()
        guard let here = try DatabaseCollation(of: source) else { return .skip("the source reports no collation") }
        if let fault = try changedRules(here, examination) { return fault }
        guard let shadow = examination.readableShadow, let there = try DatabaseCollation(of: shadow) else {
            return .pass("text is ordered by \(here)", found: "\(here)")
        }
        let found = "source \(here), shadow \(there)"
        guard here.orders(as: there) else {
            return .warn(
                "source and shadow order text differently", found: found, needed: "the same rules, to compare order",
                hint: "The rows are the same, but ORDER BY, comparisons and ranges of text may differ, and with them "
                    + "the partition of a row that is ranged by text. Where that matters, make the shadow's database with "
                    + "the source's locale, on the same release of the operating system.")
        }
        return .pass("source and shadow order text by \(here)", found: found)
    }

    /// The source's own indexes are in doubt.
    private static func changedRules(
        _ database: DatabaseCollation, _ examination: Examination
    ) throws(PostgresError) -> Outcome? {
        var changes: [String] = []
        var fixes: [String] = []
        if let old = database.version, let new = database.actual, old != new {
            changes.append("database \(QualifiedName.display(database.database)): \(old), now \(new)")
            fixes.append("ALTER DATABASE \(quoteIdentifier(database.database)) REFRESH COLLATION VERSION;")
        }
        for row in try examination.readSource().read(
            .preflightTableCollations, [ArrayText.text(examination.storedOIDs.map(\.description))]
        ).rows {
            let name = try row.qualifiedName()
            let now = try row.optionalString("actual") ?? "unknown"
            changes.append("collation \(name): \(try row.string("version")), now \(now)")
            fixes.append("ALTER COLLATION \(name.quoted) REFRESH VERSION;")
        }
        guard !changes.isEmpty else { return nil }
        return .warn(
            "the rules by which the source orders text have changed since its indexes were built",
            found: list(changes, limit: 5), needed: "indexes that are built by the present rules",
            hint: "A unique index may hold doubles, at which the copy fails. Rebuild the indexes on text first, "
                + "then note the new version.",
            fix: Fix(["REINDEX DATABASE \(quoteIdentifier(database.database));"] + fixes, .sourceByHand))
    }
}

/// By which rules a database orders text.
private struct DatabaseCollation: CustomStringConvertible {
    let database: String
    let provider: String
    let locale: String
    /// When the database was made (15 and later).
    let version: String?
    /// As the system has the rules now.
    let actual: String?

    init?(of connection: any CatalogReader) throws(PostgresError) {
        let script: ReadScript =
            connection.serverVersion.major >= 15 ? .preflightDatabaseCollation : .preflightDatabaseCollation14
        guard let row = try connection.read(script).rows.first else { return nil }
        database = try row.string("database")
        provider =
            switch try row.string("provider") {
            case "c": "libc"
            case "i": "ICU"
            case "b": "builtin"
            case let letter: letter
            }
        locale = try row.string("locale")
        version = try row.optionalString("version")
        actual = try row.optionalString("actual")
    }

    /// Byte by byte, by whichever provider.
    private var isPlain: Bool { locale == "C" || locale == "POSIX" || locale.hasPrefix("C.") }

    func orders(as other: DatabaseCollation) -> Bool {
        if isPlain, other.isPlain { return true }
        guard provider == other.provider, Self.folded(locale) == Self.folded(other.locale) else { return false }
        guard let actual, let theirs = other.actual else { return true }
        return actual == theirs
    }

    /// libc takes `en_US.UTF-8` and `en_US.utf8` for the same.
    private static func folded(_ locale: String) -> String { locale.lowercased().filter { $0 != "-" } }

    var description: String { "\(provider) \(locale)" + (actual.map { " version \($0)" } ?? "") }
}

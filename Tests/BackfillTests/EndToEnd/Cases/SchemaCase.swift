import Testing

/// A schema that production lives with, and what must become of it in the shadow.
struct SchemaCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// The oldest version of both servers that knows what it uses.
    var since = 10
    /// The oldest source, where the shadow may be older.
    var sourceSince = 10
    /// The first source that does not know it any more.
    var sourceBefore = Int.max
    /// An extension that not every installation has.
    var needs: String?
    /// On the source's server, outside of the database.
    var server = ""
    /// In the source's database.
    let setup: String
    /// In the shadow's database, before the job.
    var shadow = ""
    /// On the source while it is followed.
    var live = ""
    /// Queries that must give the same on both sides while following.
    var same: [String] = []
    /// Queries that must give the same on both sides after `\backfill reset`.
    var sameAfterReset: [String] = []
    /// What must be set aside in the end, and nothing else: identity and aspect.
    var setAside: [String] = []
    /// What events must say, in this order.
    var events: [String] = []
    /// What a shadow since 17 has set aside beside that: it builds indexes without any search_path.
    var setAsideSince17: [String] = []
    /// Tables whose rows need not be the same, since the publication does not send all of them.
    var partlySent: Set<String> = []

    var testDescription: String { name }
}

extension SchemaCase {
    static let constraints =
        "SELECT conrelid::regclass::text, conname, convalidated, pg_get_constraintdef(oid) FROM pg_constraint"
        + " WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1, 2"
    static let indexes =
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog', 'scry_backfill') ORDER BY 1"
    static let comments = """
        SELECT i.type, i.identity, d.description FROM pg_description d, pg_identify_object(classoid, objoid, objsubid) i
         WHERE objoid >= 16384 AND i.identity NOT LIKE 'scry_%' ORDER BY 1, 2
        """
    static let triggers =
        "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
}

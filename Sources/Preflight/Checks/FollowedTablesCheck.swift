internal import Catalog
internal import Libpq
internal import Postgres
internal import Publisher
internal import Scripts

extension Preflight {
    static let followedTables = Check("followed_tables", "Tables that are followed", needs: [.source, .replication]) {
        examination throws(PostgresError) in
        let others = try unfollowed(examination.readSource())
        let note = others.isEmpty ? "" : "; not followed: \(others)"
        let selection = examination.context.selection
        guard let publication = examination.publication, examination.context.tables.isEmpty else {
            return .pass(
                count(examination.followed.count, "table") + note, found: count(examination.followed.count, "table"))
        }
        let excluded = examination.followed.map(\.table.name).filter { !selection.includes($0) }
        // A publication of partitions stands for their table, and the other way round.
        let covered = Set(examination.followed.flatMap { [$0.table.oid] + $0.leaves.map(\.oid) })
        let parents = Set(
            examination.allTables.filter { covered.contains($0.oid) }.compactMap(\.parent))
        let left =
            selection.included == [.all]
            ? []
            : selection.publishable(examination.allTables).filter {
                !covered.contains($0.oid) && !parents.contains($0.oid)
            }.map(\.name)
        guard left.isEmpty else {
            return .warn(
                "include_tables selects what publication \"\(publication.name)\" lacks: "
                    + list(left.map(\.description)), found: count(left.count, "table") + " not published",
                needed: "a publication of the tables that are selected",
                hint: "The job follows what is published. Add them with \\publish, or run the statement.",
                fix: Fix([.addTables(left, publication: publication.name)]))
        }
        guard excluded.isEmpty else {
            return .warn(
                "publication \"\(publication.name)\" holds what the configuration leaves out: "
                    + list(excluded.map(\.description)), found: count(excluded.count, "table") + " published",
                needed: "a publication of the tables that are selected",
                hint: "The job follows what is published. Take them out with \\unpublish, or run the statement.",
                fix: publication.allTables
                    ? nil
                    : Fix([.removeTables(excluded, publication: publication.name)]))
        }
        return .pass(
            count(examination.followed.count, "table") + note, found: count(examination.followed.count, "table"))
    }

    /// The objects that logical replication never carries, for people: `2 materialized views (public.a, public.b), 1
    /// large object`.
    private static func unfollowed(_ source: any CatalogReader) throws(PostgresError) -> String {
        var kinds: [String] = []
        for row in try source.read(.preflightUnfollowed).rows {
            let kind = try row.string("kind")
            let number = try row.int("number")
            let names = kind == "large object" ? "" : " (\(try row.strings("names").joined(separator: ", ")))"
            kinds.append(count(number, kind) + names)
        }
        return kinds.joined(separator: ", ")
    }
}

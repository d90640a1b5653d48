internal import Catalog
internal import Postgres

extension CatalogReader {
    /// Throws where the source would refuse UPDATE and DELETE on one of the tables once these are published
    /// (CheckCmdReplicaIdentity in execReplication.c). Of a partitioned table each partition counts.
    func requireIdentity(_ tables: [Table]) throws(PostgresError) {
        let partitioned = tables.filter { $0.kind == .partitioned }
        var stored = tables.filter { $0.kind == .ordinary }
        if !partitioned.isEmpty {
            let leaves = Set(try partitionLeaves(of: partitioned.map(\.oid)).values.flatMap { $0 }.map(\.oid))
            stored += try self.tables().filter { leaves.contains($0.oid) }
        }
        let faults = stored.filter { !$0.identifiesRows }
        guard let first = faults.first else { return }
        let names = faults.prefix(10).map { "\($0.name)" }.joined(separator: ", ")
        let more = faults.count > 10 ? " and \(faults.count - 10) more" : ""
        throw PostgresError(
            "\(names)\(more) cannot be published: UPDATE and DELETE there would fail",
            detail: "No replica identity says in the WAL which row was changed.",
            hint: "Add a primary key; or take a unique index over NOT NULL columns: ALTER TABLE \(first.name.quoted) "
                + "REPLICA IDENTITY USING INDEX …; or write whole rows to the WAL: ALTER TABLE \(first.name.quoted) "
                + "REPLICA IDENTITY FULL; or publish only inserts: create the publication WITH (publish = 'insert').",
            sqlState: .notInPrerequisiteState)
    }
}

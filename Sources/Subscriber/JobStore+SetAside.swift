internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

extension JobStore {
    /// What the job has set aside, the oldest first.
    public func setAside() throws(PostgresError) -> [SetAside] {
        // A memory that an earlier release has set up has no place for it before its engine runs again.
        guard try hasPartitions() else { return [] }
        var all: [SetAside] = []
        for row in try connection.query(.subscriberSetAside, [slot]).rows {
            let word = try row.string("aspect")
            guard let aspect = SetAside.Aspect(rawValue: word) else {
                throw PostgresError(
                    "unknown aspect \"\(word)\" in scry_backfill.set_aside",
                    hint: "A newer release wrote it: use that release.", sqlState: .dataCorrupted)
            }
            let table: QualifiedName? =
                if let schema = try row.optionalString("schema"), let name = try row.optionalString("name") {
                    QualifiedName(schema: schema, name: name)
                } else {
                    nil
                }
            all.append(
                SetAside(
                    type: try row.string("object_type"), identity: try row.string("identity"), aspect: aspect,
                    table: table, reason: try row.string("reason"), putBack: try row.optionalString("put_back"),
                    isForCopy: try row.bool("is_copy")))
        }
        return all
    }

    /// Notes that something is set aside, in the transaction that does so.
    public func note(_ item: SetAside) throws(PostgresError) {
        try connection.query(
            .subscriberSetAsideInsert,
            [
                slot, item.type, item.identity, item.aspect.rawValue, item.table?.schema, item.table?.name,
                try held(item.reason), item.putBack, String(item.isForCopy),
            ])
    }

    /// Forgets something that is as on the source again.
    public func forget(_ item: SetAside) throws(PostgresError) {
        try connection.query(.subscriberSetAsideDelete, [slot, item.type, item.identity, item.aspect.rawValue])
    }
}

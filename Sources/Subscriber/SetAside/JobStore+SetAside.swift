internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

extension JobStore {
    /// The objects that the job has set aside, the oldest first.
    public func setAside() throws(PostgresError) -> [SetAside] {
        var all: [SetAside] = []
        for row in try shadow.connection.query(.subscriberSetAside, [slot]).rows {
            all.append(
                SetAside(
                    type: try row.string("object_type"), identity: try row.string("identity"),
                    aspect: try row.aspect(), table: try row.table(), reason: try row.string("reason"),
                    putBack: try row.strings("put_back"), isForCopy: try row.bool("is_copy")))
        }
        return all
    }

    /// Notes that something is set aside, in the transaction that does so.
    public func note(_ item: SetAside) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberSetAsideInsert,
            [
                slot, item.type, item.identity, item.aspect.rawValue, item.table?.schema, item.table?.name,
                try held(item.reason), ArrayText.text(item.putBack), String(item.isForCopy),
            ])
    }

    /// Forgets something that is as on the source again.
    public func forget(_ item: SetAside) throws(PostgresError) {
        try shadow.connection.query(.subscriberSetAsideDelete, [slot, item.type, item.identity, item.aspect.rawValue])
    }

    /// Sets things aside and notes them, all or none.
    public func setAside(_ candidates: [SetAsideCandidate]) throws(PostgresError) {
        guard !candidates.isEmpty else { return }
        let unvalidated = try setAside().filter { $0.aspect == .notValid }
        try shadow.connection.transaction { () throws(PostgresError) in
            for candidate in candidates {
                try shadow.connection.query(candidate.statement)
                guard let known = unvalidated.first(where: { $0.object == candidate.item.object }) else {
                    try note(candidate.item)
                    continue
                }
                // A constraint that was there for new rows alone is to be validated once it is back.
                try forget(known)
                try note(candidate.item.puttingBack(candidate.item.putBack + known.putBack))
            }
        }
    }

    /// Puts something back as far as its first statement does: a constraint is then there for new rows.
    ///
    /// - Returns: The steps that are still to be done, as a note of its own; nil where all is done.
    /// - Throws: the server's refusal; then it stays noted.
    public func putBack(_ item: SetAside) throws(PostgresError) -> SetAside? {
        guard let first = item.putBack.first else { return nil }
        let rest = Array(item.putBack.dropFirst())
        let left =
            rest.isEmpty
            ? nil
            : SetAside(
                type: item.type, identity: item.identity, aspect: .notValid, table: item.table,
                reason: "to be validated", putBack: rest, isForCopy: item.isForCopy)
        try shadow.connection.transaction { () throws(PostgresError) in
            try shadow.connection.query(first)
            try forget(item)
            if let left { try note(left) }
        }
        return left
    }
}

extension Row {
    /// The column `aspect`.
    func aspect() throws(PostgresError) -> SetAside.Aspect {
        try word("aspect", of: "set_aside")
    }

    /// The columns `schema` and `name`; nil where they are null.
    func table() throws(PostgresError) -> QualifiedName? {
        guard let schema = try optionalString("schema"), let name = try optionalString("name") else { return nil }
        return QualifiedName(schema: schema, name: name)
    }
}

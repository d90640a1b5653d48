internal import Libpq
public import Postgres
internal import Subscriber

/// An object of the shadow that differs from the source's while the job follows.
public struct JobSetAside: Encodable, Sendable {
    /// In the words of `pg_identify_object`: `table constraint`.
    public let type: String
    /// Likewise: `users_check on public.users`.
    public let identity: String
    /// `missing`, `not valid`, `disabled`, `nullable` or `not forced`.
    public let aspect: String
    /// The followed table that it concerns; nil where it is not one alone.
    public let table: QualifiedName?
    public let reason: String

    init(_ item: SetAside) {
        type = item.type
        identity = item.identity
        aspect = item.aspect.rawValue
        table = item.table
        reason = item.reason
    }

    private enum CodingKeys: String, CodingKey { case type, identity, aspect, reason }

    /// For people.
    public var description: String { "\(type) \(identity) is \(aspect): \(reason)" }
}

extension JobControl {
    /// The objects that are set aside, except those that come back by themselves with the rows.
    public func setAside() throws(PostgresError) -> [JobSetAside] {
        try store.exists() ? try store.setAside().filter { !$0.isForCopy }.map { JobSetAside($0) } : []
    }

    /// Puts back the objects that are set aside, the last first.
    ///
    /// - Returns: The results, for people, also of objects that could not be put back, with the reason.
    func putBackAll() throws(PostgresError) -> [String] {
        var done: [String] = []
        for item in try store.setAside().reversed() where !item.putBack.isEmpty {
            let name = "\(item.type) \(item.identity)"
            var isBack = item.aspect == .notValid
            do throws(PostgresError) {
                let rest = try store.putBack(item)
                isBack = true
                if let rest { _ = try store.putBack(rest) }
                done.append("\(name) is back")
            } catch {
                guard error.isRefusal else { throw error }
                done.append("\(name) \(isBack ? "stays NOT VALID" : "could not be put back"): \(error.message)")
            }
        }
        return done
    }
}

public import Catalog
public import Postgres

/// Something that the shadow does not have as the source has it while it follows: it would refuse rows of the source, act on
/// them, or could not be made. Each is an event when it is set aside, stands in the job until it is back, and `\backfill reset`
/// puts it back where that is possible.
public struct SetAside: Sendable, Hashable {
    public enum Aspect: String, Sendable, Hashable, CaseIterable {
        /// The object is not there at all.
        case missing
        /// A constraint that the source has validated is there for new rows only.
        case notValid = "not valid"
        /// A trigger or rule does not fire.
        case disabled
        /// A column or domain takes nulls.
        case nullable
        /// Row security does not bind the table's owner.
        case notForced = "not forced"
    }

    /// The object's type in the words of `pg_identify_object`: `table constraint`, `index`, `trigger`, `table column`.
    public let type: String
    /// The object in the words of `pg_identify_object`: `users_check on public.users`.
    public let identity: String
    public let aspect: Aspect
    /// The followed table that it concerns; nil where it is not one alone.
    public let table: QualifiedName?
    /// For people, without a full stop.
    public let reason: String
    /// The statements that put it back, in order; empty where none can. A constraint that is there from the first one on is
    /// validated by the second.
    public let putBack: [String]
    /// Only until the rows are copied, then it comes back by itself.
    public let isForCopy: Bool

    public init(
        type: String, identity: String, aspect: Aspect, table: QualifiedName?, reason: String, putBack: [String],
        isForCopy: Bool = false
    ) {
        self.type = type
        self.identity = identity
        self.aspect = aspect
        self.table = table
        self.reason = reason
        self.putBack = putBack
        self.isForCopy = isForCopy
    }

    /// The identity and aspect by which it is compared between servers.
    public var object: CatalogObject.Identity { CatalogObject.Identity(type, identity) }

    func puttingBack(_ statements: [String]) -> SetAside {
        SetAside(
            type: type, identity: identity, aspect: aspect, table: table, reason: reason, putBack: statements,
            isForCopy: isForCopy)
    }
}

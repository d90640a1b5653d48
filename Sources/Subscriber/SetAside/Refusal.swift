public import Postgres

/// The object of the shadow that has refused a row of the source, as the error says. The rows of production are right, so it
/// is set aside; nil for an error that no constraint has caused.
public enum Refusal: Hashable, Sendable {
    /// A CHECK, unique or exclusion constraint, or a unique index, by its name.
    case constraint(String)
    /// A domain's CHECK; nil: its NOT NULL.
    case domain(QualifiedName, constraint: String?)
    /// A column's NOT NULL.
    case notNull(column: String)
    /// Perhaps a function that a CHECK or an index calls: such a function may raise any error.
    case function

    /// Reads an error of a statement that writes rows (manual, appendix A; the fields that errtableconstraint() and
    /// errdomainconstraint() add).
    public init?(_ error: PostgresError) {
        guard error.isRefusal else { return nil }
        let domain: QualifiedName? =
            if let schema = error.schema, let name = error.dataType { QualifiedName(schema: schema, name: name) } else {
                nil
            }
        switch error.sqlState.code {
        case "23514":
            guard let constraint = error.constraint else { return nil }
            self = if let domain { .domain(domain, constraint: constraint) } else { .constraint(constraint) }
        case "23502":
            if let domain {
                self = .domain(domain, constraint: nil)
            } else if let column = error.column {
                self = .notNull(column: column)
            } else {
                return nil
            }
        case "23505", "23P01":
            guard let constraint = error.constraint else { return nil }
            self = .constraint(constraint)
        default:
            guard error.sqlState.classCode != "23" else { return nil }
            self = .function
        }
    }
}

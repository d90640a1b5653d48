internal import Postgres
internal import Publisher

/// The pieces of a schema that the shadow has refused, so that a piece that needs one of them is not tried, and is
/// explained.
struct SchemaFailures {
    private struct Failure {
        let name: String
        let error: PostgresError
    }

    /// By the piece's number: the first failure that it comes from.
    private var failures: [Int: Failure] = [:]

    /// Notes a failure; one that follows from another is noted as that one's.
    mutating func add(_ piece: SchemaPiece, _ error: PostgresError) {
        failures[piece.number] = root(of: piece) ?? Failure(name: "\(piece.kind) \(piece.name)", error: error)
    }

    /// Why a piece cannot be made, if that is for want of another.
    func cause(of piece: SchemaPiece) -> PostgresError? {
        guard let root = root(of: piece) else { return nil }
        var error = root.error
        error.message = "it needs \(root.name), which could not be made: \(error.message)"
        return error
    }

    private func root(of piece: SchemaPiece) -> Failure? {
        piece.dependencies.compactMap { failures[$0] }.first
    }

    /// The text of an event for a piece that was refused.
    static func message(_ piece: SchemaPiece, _ error: PostgresError) -> String {
        let place = piece.table.flatMap { piece.isTable ? nil : " of \($0)" } ?? ""
        switch error.sqlState.code {
        case "23505":
            return
                "\(piece.kind) \(piece.name)\(place) is left out of the shadow: rows of the source are equal in its key"
        case "23P01":
            return
                "\(piece.kind) \(piece.name)\(place) is left out of the shadow: rows of the source exclude each other"
        default: return "\(piece.kind) \(piece.name) could not be made in the shadow: \(error.message)"
        }
    }

    /// The hint that says how to mend it.
    static func hint(_ piece: SchemaPiece, _ error: PostgresError) -> String {
        let again = piece.table.map { "\\backfill resync \($0)" } ?? "\\backfill stop and \\backfill start"
        switch error.sqlState.code {
        case "23505", "23P01":
            return
                "On the source, REINDEX finds these rows (a collation that an upgrade of the operating system has changed lets them in); mend them there, then \(again)."
        case "23503":
            return "Mend the rows on the source, then \(again)."
        case _ where error.sqlState.classCode == "42" && piece.isIndependent && !piece.functions.isEmpty:
            // Since 17 a server builds indexes without any search_path (manual, CREATE INDEX, "Notes").
            return
                "It calls \(piece.functions.joined(separator: ", ")), which may rely on a search_path: ALTER FUNCTION … SET search_path = … on the source, then \(again)."
        case _ where error.sqlState.classCode == "P0":
            return [error.hint, "Then \(again)."].compactMap(\.self).joined(separator: " ")
        default:
            return [error.hint, "Make in the shadow what is missing (an extension, a role, a setting), then \(again)."]
                .compactMap(\.self).joined(separator: " ")
        }
    }
}

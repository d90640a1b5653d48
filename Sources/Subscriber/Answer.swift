internal import Libpq
internal import Postgres

/// The answer that a queued statement must give.
struct Answer {
    enum Kind { case any, prepare, insert, update, delete, truncate, progress, commit, sync }

    let kind: Kind
    /// The table that is changed, for the error.
    let table: QualifiedName?

    init(_ kind: Kind, table: QualifiedName?) {
        self.kind = kind
        self.table = table
    }

    /// Throws the server's error, or a conflict where the number of rows is not one.
    func check(_ result: QueryResult) throws(PostgresError) {
        switch (kind, result.status) {
        case (_, .failed(let error)): throw described(error)
        case (.sync, .pipelineSync): return
        case (.insert, .command), (.update, .command), (.delete, .command):
            guard let rows = result.affectedRows, rows == 1 else { throw conflict(result.affectedRows ?? 0) }
        case (.progress, .command):
            guard result.affectedRows == 1 else {
                throw PostgresError(
                    "the job has been removed from the shadow while its engine ran",
                    hint: "Start it again with \\backfill start.")
            }
        case (.commit, .command):
            // A COMMIT of a failed transaction answers ROLLBACK.
            guard result.commandTag == "COMMIT" else {
                throw PostgresError("the shadow rolled a transaction back", sqlState: SQLState("40000"))
            }
        case (.any, .command), (.prepare, .command), (.truncate, .command): return
        default: throw PostgresError("the shadow sent an unexpected answer", sqlState: .protocolViolation)
        }
    }

    private var verb: String {
        switch kind {
        case .insert: "INSERT into"
        case .update: "UPDATE of"
        case .delete: "DELETE from"
        case .truncate: "TRUNCATE of"
        case .prepare: "statement for"
        case .any, .progress, .commit, .sync: "transaction"
        }
    }

    private var copyAgain: String {
        "\\backfill resync \(table?.description ?? "--all"), then \\backfill start."
    }

    private func conflict(_ rows: Int) -> PostgresError {
        let name = table?.description ?? "a table"
        var error = PostgresError(
            "\(verb) \(name) found \(rows == 0 ? "no row" : "\(rows) rows") in the shadow",
            detail: rows == 0
                ? "The row that the source changed is missing here." : "The row's identity is not unique here.",
            hint:
                "Something else than the engine changed the shadow's table. Put it right there, or copy it again: \(copyAgain)",
            sqlState: SQLState("23000"))
        error.schema = table?.schema
        error.table = table?.name
        return error
    }

    /// The server's error with where it happened, and without the row's values.
    private func described(_ error: PostgresError) -> PostgresError {
        guard let table else { return error }
        // These have no values.
        guard kind == .prepare || kind == .truncate, error.origin == .server else {
            return RefusedRow(table: table, action: "\(verb) \(table)").describe(error)
        }
        var error = error
        error.context = "\(verb) \(table)"
        error.schema = table.schema
        error.table = table.name
        if error.sqlState == .undefinedTable || error.sqlState.code == "42703" {
            error.hint = "The shadow's table does not fit the source's any more: make the same change to both."
        }
        return error
    }
}

/// First in, first out, in one array that is used again.
struct AnswerQueue {
    private var items: [Answer] = []
    private var head = 0

    var isEmpty: Bool { head == items.count }
    var count: Int { items.count - head }

    mutating func push(_ answer: Answer) { items.append(answer) }

    mutating func pop() -> Answer? {
        guard head < items.count else { return nil }
        defer {
            head += 1
            if head == items.count {
                items.removeAll(keepingCapacity: true)
                head = 0
            }
        }
        return items[head]
    }
}

internal import Postgres

/// The report for people where the shadow's server refuses a row: the table, the column where the server names it, the
/// condition and the way out; never a value of the row. Servers show values in messages (out of range, an enum's label,
/// a record), in details (keys, whole rows) and in contexts (COPY's line, a parameter).
struct RefusedRow {
    let table: QualifiedName
    /// The action that was refused: `INSERT into app.orders`, `COPY into app.orders, line 3`.
    let action: String

    /// The server's error as it may be shown; another one as it is.
    func describe(_ error: PostgresError) -> PostgresError {
        guard error.origin == .server else { return error }
        var shown = error
        // A partition's error is the error of the table that was written.
        shown.schema = table.schema
        shown.table = table.name
        shown.column = error.column ?? Self.column(ofContext: error.context)
        shown.context = action
        shown.internalQuery = nil
        shown.internalPosition = nil
        switch error.sqlState.classCode {
        case "23":
            // The message names the constraint alone.
            shown.detail = nil
            shown.hint =
                "The shadow's table has rows or constraints that the source's has not. Put it right there, or copy it again: \(copyAgain)"
        case "08", "40", "53", "55", "57", "58": break
        case "0A", "25", "28", "XX": shown.detail = nil
        case "42" where error.sqlState == .insufficientPrivilege: shown.detail = nil
        case "42" where speaksOfTheTable(error):
            shown.detail = nil
            shown.hint = hint(error.sqlState)
        default:
            let place = shown.column.map { ", column \(QualifiedName.display($0))," } ?? ""
            shown.message =
                "table \(table)\(place) of the shadow refuses a value: \(Self.condition(error.sqlState))"
            shown.detail = nil
            shown.hint = hint(error.sqlState)
        }
        return shown
    }

    /// The table has gone, or a column of it: a value that names a table or a function (regclass and its like) may cause the
    /// same conditions otherwise.
    private func speaksOfTheTable(_ error: PostgresError) -> Bool {
        error.sqlState.code == "42703"
            || error.sqlState == .undefinedTable && error.message.contains("\"\(table.schema).\(table.name)\"")
    }

    private var copyAgain: String { "\\backfill resync \(table), then \\backfill start." }

    private func hint(_ state: SQLState) -> String {
        switch state.code {
        case "22P05", "22021":
            "The encoding of the shadow's database lacks a character. Make that database anew with ENCODING 'UTF8', or change the value on the source; or leave the table out: \\unpublish \(table)."
        case "22P02", "22P03":
            "The shadow's type lacks a part of the source's, such as an enum's label. Make both types alike, then \\backfill start."
        case _ where state.classCode == "54":
            "The shadow has an index or a limit that the source has not. Drop the index in the shadow, then \\backfill start."
        case _ where state.classCode == "42":
            "The shadow's table does not fit the source's any more: make the same change to both, then \\backfill start."
        default:
            "The column's type in the shadow holds less than the source's: give it the same type there, and copy the table again: \(copyAgain)"
        }
    }

    /// The column of `COPY orders, line 3, column price: "…"`, as the server writes a context in English.
    static func column(ofContext context: String?) -> String? {
        guard let context, context.hasPrefix("COPY "), let line = context.firstRange(of: ", line "),
            let column = context[line.upperBound...].firstRange(of: ", column ")
        else { return nil }
        // Before any value, which could hold the same words.
        guard context[line.upperBound..<column.lowerBound].allSatisfy(\.isNumber) else { return nil }
        let rest = context[column.upperBound...]
        guard let end = rest.firstRange(of: ": ") else { return nil }
        return String(rest[..<end.lowerBound])
    }

    /// The number of `COPY orders, line 3…`.
    static func line(ofContext context: String?) -> Int? {
        guard let context, context.hasPrefix("COPY "), let line = context.firstRange(of: ", line ") else { return nil }
        return Int(context[line.upperBound...].prefix(while: \.isNumber))
    }

    /// The meaning of a condition (manual, appendix A); its code where it is not one that a value can cause.
    static func condition(_ state: SQLState) -> String {
        conditions[state.code] ?? "SQLSTATE \(state.code)"
    }

    private static let conditions = [
        "22001": "value too long for its type", "22003": "numeric value out of range",
        "22004": "null value not allowed", "22007": "invalid date or time", "22008": "date or time out of range",
        "22009": "time zone displacement out of range", "22012": "division by zero",
        "22015": "interval out of range", "22021": "character not in the encoding's repertoire",
        "22023": "invalid parameter value", "22025": "invalid escape sequence",
        "22026": "length does not fit the type's", "2202E": "array subscript error",
        "22030": "duplicate JSON object key", "22032": "invalid JSON text", "22P01": "floating-point exception",
        "22P02": "invalid input for the type", "22P03": "invalid binary representation",
        "22P04": "row does not fit the table's columns", "22P05": "character not in the shadow's encoding",
        "2200C": "use of an escape character that is not allowed", "2200L": "not an XML document",
        "2200M": "invalid XML document", "2200N": "invalid XML content", "2200S": "invalid XML comment",
        "2200T": "invalid XML processing instruction", "22000": "data exception",
        "42601": "syntax error in a value or expression", "42602": "invalid name",
        "42704": "an object that it names does not exist",
        "42883": "a function that it names does not exist", "42P01": "a table that it names does not exist",
        "42804": "type does not fit", "42846": "type cannot be converted", "428C9": "column is generated always",
        "3F000": "a schema that it names does not exist", "3D000": "a database that it names does not exist",
        "54000": "program limit exceeded", "54001": "value nested too deeply", "54011": "too many columns",
        "P0001": "exception raised by a function",
    ]
}

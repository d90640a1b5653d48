import Postgres
import Testing

@testable import Subscriber

/// What servers say of a row that they refuse, word for word, and what is shown of it.
@Suite struct RefusedRowTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let state: String
        let message: String
        var detail: String?
        var context: String?
        var column: String?
        let shown: String
        let hint: String
        var testDescription: String { "\(state) \(message)" }
    }

    private static let secret = "S3CRET"

    private static let refusals = [
        Refusal(
            state: "22003", message: "value \"S3CRET\" is out of range for type integer",
            context: "COPY t, line 3, column n: \"S3CRET\"",
            shown: "table app.t, column n, of the shadow refuses a value: numeric value out of range",
            hint: "same type"),
        Refusal(
            state: "22P02", message: "invalid input value for enum app.mood: \"S3CRET\"",
            context: "unnamed portal parameter $2 = 'S3CRET'",
            shown: "table app.t of the shadow refuses a value: invalid input for the type", hint: "enum's label"),
        Refusal(
            state: "22P02", message: "malformed record literal: \"(S3CRET,\"", detail: "Unexpected S3CRET.",
            context: "COPY t, line 12, column Wide \"x: \"S3CRET\"",
            shown: "table app.t, column \"Wide \"\"x\", of the shadow refuses a value: invalid input for the type",
            hint: "Make both types alike"),
        Refusal(
            state: "22001", message: "value too long for type character varying(3)",
            context: "COPY t, line 1, column v: \"S3CRET\"",
            shown: "table app.t, column v, of the shadow refuses a value: value too long for its type",
            hint: "\\backfill resync app.t"),
        Refusal(
            state: "22P05",
            message:
                "character with byte sequence 0xe2 0x82 0xac in encoding \"UTF8\" has no equivalent in encoding \"LATIN1\"",
            context: "COPY t, line 7: \"1\tS3CRET, column v: x\"",
            shown: "table app.t of the shadow refuses a value: character not in the shadow's encoding",
            hint: "ENCODING 'UTF8'"),
        Refusal(
            state: "22P04", message: "missing data for column \"v\"", context: "COPY t, line 1: \"S3CRET\"",
            shown: "table app.t of the shadow refuses a value: row does not fit the table's columns", hint: "same type"),
        Refusal(
            state: "23505", message: "duplicate key value violates unique constraint \"t_pkey\"",
            detail: "Key (v)=(S3CRET) already exists.", context: "COPY t, line 2",
            shown: "duplicate key value violates unique constraint \"t_pkey\"", hint: "rows or constraints"),
        Refusal(
            state: "23502", message: "null value in column \"v\" of relation \"t\" violates not-null constraint",
            detail: "Failing row contains (S3CRET, null).", context: "COPY t, line 2: \"S3CRET\t\\N\"", column: "v",
            shown: "null value in column \"v\" of relation \"t\" violates not-null constraint",
            hint: "rows or constraints"),
        Refusal(
            state: "42P01", message: "relation \"S3CRET\" does not exist",
            shown: "table app.t of the shadow refuses a value: a table that it names does not exist",
            hint: "same change to both"),
        Refusal(
            state: "42P01", message: "relation \"app.t\" does not exist", shown: "relation \"app.t\" does not exist",
            hint: "same change to both"),
        Refusal(
            state: "42703", message: "column \"v\" of relation \"t\" does not exist",
            shown: "column \"v\" of relation \"t\" does not exist", hint: "same change to both"),
        Refusal(
            state: "P0001", message: "S3CRET is not welcome", context: "PL/pgSQL function f('S3CRET') line 1 at RAISE",
            shown: "table app.t of the shadow refuses a value: exception raised by a function", hint: "same type"),
        Refusal(
            state: "22ZZZ", message: "S3CRET", shown: "table app.t of the shadow refuses a value: SQLSTATE 22ZZZ",
            hint: "same type"),
    ]

    @Test(arguments: refusals) func noValueIsShown(_ refusal: Refusal) {
        var error = PostgresError(
            refusal.message, detail: refusal.detail, sqlState: SQLState(refusal.state), origin: .server)
        error.context = refusal.context
        error.column = refusal.column
        error.internalQuery = "SELECT 'S3CRET'"
        let row = RefusedRow(table: QualifiedName(schema: "app", name: "t"), action: "COPY into app.t")
        let shown = row.describe(error)
        #expect(shown.message == refusal.shown)
        #expect(shown.hint?.contains(refusal.hint) == true, "\(shown.hint ?? "")")
        #expect(shown.context == "COPY into app.t")
        #expect(shown.schema == "app" && shown.table == "t")
        #expect(shown.sqlState.code == refusal.state)
        for (name, value) in Mirror(reflecting: shown).children {
            #expect(!String(describing: value).contains(Self.secret), "\(name ?? "")")
        }
    }

    @Test func whatPassesByItselfStaysAsItIs() {
        for state in ["40P01", "57P01", "53100", "55P03"] {
            let error = PostgresError("as the server says", detail: "d", sqlState: SQLState(state), origin: .server)
            let shown = RefusedRow(table: QualifiedName(schema: "a", name: "b"), action: "x").describe(error)
            #expect(shown.message == "as the server says" && shown.detail == "d")
        }
        let lost = PostgresError("connection lost", sqlState: .connectionFailure, origin: .connection)
        #expect(RefusedRow(table: QualifiedName(schema: "a", name: "b"), action: "x").describe(lost) == lost)
    }

    @Test(
        arguments: [
            ("COPY t, line 3, column n: \"1\"", 3, "n"), ("COPY t, line 4: \"1, column x: 2\"", 4, nil),
            ("COPY t, line 5", 5, nil), ("COPY t, line 6, column Größe: null input", 6, "Größe"), (nil, nil, nil),
            ("SQL statement", nil, nil),
        ] as [(String?, Int?, String?)])
    func whatACopysContextTells(context: String?, line: Int?, column: String?) {
        #expect(RefusedRow.line(ofContext: context) == line)
        #expect(RefusedRow.column(ofContext: context) == column)
    }
}

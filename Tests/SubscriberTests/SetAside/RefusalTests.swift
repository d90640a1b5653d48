import Postgres
import Subscriber
import Testing

@Suite struct RefusalTests {
    private static let domain = QualifiedName(schema: "s", name: "d")

    private func error(
        _ code: String, constraint: String? = nil, column: String? = nil, domain: Bool = false,
        origin: PostgresError.Origin = .server
    ) -> PostgresError {
        var error = PostgresError("refused", sqlState: SQLState(code), origin: origin)
        error.schema = domain ? Self.domain.schema : "public"
        error.table = "t"
        error.dataType = domain ? Self.domain.name : nil
        error.constraint = constraint
        error.column = column
        return error
    }

    @Test func anErrorTellsWhatHasRefusedTheRow() {
        #expect(Refusal(error("23514", constraint: "c")) == .constraint("c"))
        #expect(Refusal(error("23505", constraint: "i")) == .constraint("i"))
        #expect(Refusal(error("23P01", constraint: "x")) == .constraint("x"))
        #expect(Refusal(error("23514", constraint: "c", domain: true)) == .domain(Self.domain, constraint: "c"))
        #expect(Refusal(error("23502", domain: true)) == .domain(Self.domain, constraint: nil))
        #expect(Refusal(error("23502", column: "n")) == .notNull(column: "n"))
        // What a function raises, or comes upon.
        for code in ["P0001", "42883", "22012", "42P01"] { #expect(Refusal(error(code)) == .function) }
    }

    @Test func otherErrorsAreNoConstraints() {
        // A row that fits no partition, a foreign key, a conflict that was found here.
        for code in ["23514", "23503", "23000"] { #expect(Refusal(error(code)) == nil) }
        // What passes by itself, and what is for want of room or a connection.
        for code in ["40P01", "40001", "53100", "53200", "55P03", "57014", "57P01", "08006"] {
            #expect(Refusal(error(code, constraint: "c")) == nil)
        }
        #expect(Refusal(error("23514", constraint: "c", origin: .client)) == nil)
        #expect(Refusal(error("08006", origin: .connection)) == nil)
    }
}

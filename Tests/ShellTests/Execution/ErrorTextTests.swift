import Postgres
import Testing

@testable import Shell

@Suite struct ErrorTextTests {
    private func error(_ position: Int? = nil) -> PostgresError {
        var error = PostgresError(
            "division by zero", detail: "It is zero.", hint: "Don't.", sqlState: SQLState("22012"), origin: .server)
        error.position = position
        error.context = "somewhere"
        return error
    }

    private func render(_ error: PostgresError, _ statement: String, _ change: (inout ErrorText) -> Void = { _ in })
        -> String
    {
        var text = ErrorText()
        change(&text)
        return text.render(error, statement: Array(statement.utf8))
    }

    @Test func allParts() {
        #expect(
            render(error(8), "select 1/0")
                == """
                ERROR:  division by zero
                LINE 1: select 1/0
                               ^
                DETAIL:  It is zero.
                HINT:  Don't.
                CONTEXT:  somewhere
                """)
        #expect(render(error(8), "") { $0.verbosity = .terse } == "ERROR:  division by zero at character 8")
        #expect(render(error(8), "") { $0.verbosity = .sqlstate } == "ERROR:  22012")
        #expect(render(error(), "") { $0.verbosity = .verbose }.hasPrefix("ERROR:  22012: division by zero\n"))
        #expect(!render(error(), "") { $0.showContext = .never }.contains("CONTEXT"))
    }

    @Test func theLineOfTheError() {
        #expect(render(error(14), "select\n\tfoo\n\tbar").contains("LINE 3:  bar\n         ^"))
        #expect(render(error(8), "select äö, x").contains("LINE 1: select äö, x\n               ^"))
        #expect(render(error(12), "select '日本', x").contains("LINE 1: select '日本', x\n                     ^"))
        #expect(!render(error(50), "select 1").contains("LINE"))
    }

    @Test func aLongLineIsCut() {
        let long = "select " + String(repeating: "a, ", count: 40) + "x" + String(repeating: ", b", count: 40)
        #expect(
            render(error(128), long).contains(
                "LINE 1: ..., a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, x, b, b, b...\n"))
        #expect(
            render(error(8), long).contains("LINE 1: select a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a,..."))
    }

    @Test func whatLibpqFoundStandsAlone() {
        let lost = PostgresError("server closed the connection", sqlState: .connectionFailure, origin: .connection)
        #expect(ErrorText().render(lost, statement: nil) == "server closed the connection")
    }

    @Test func ourOwnErrorsHaveTheSameForm() {
        let own = PostgresError("no shadow is configured", hint: "Name it.")
        #expect(ErrorText().render(own: own) == "ERROR:  no shadow is configured\nHINT:  Name it.")
    }
}

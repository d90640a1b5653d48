import Testing

@testable import Shell

@Suite struct CopyCommandLineTests {
    private func parse(_ line: String) throws -> CopyCommandLine {
        try CopyCommandLine(parsing: line, standardStrings: true)
    }

    @Test(arguments: [
        ("t from 'a b.csv' csv header", "COPY  t FROM STDIN csv header", CopyCommandLine.Endpoint.file("a b.csv")),
        ("s.t (a, \"B c\") to stdout", "COPY  s.t ( a, \"B c\" ) TO STDOUT ", .here),
        (
            "(select ')' from t) to pstdout with (format csv)",
            "COPY  ( select ')' from t ) TO STDOUT with (format csv)", .standard
        ),
        ("t to program 'gzip > ''x'''", "COPY  t TO STDOUT ", .program("gzip > 'x'")),
        ("binary t from stdin", "COPY binary t FROM STDIN ", .here),
        ("t to x;", "COPY  t TO STDOUT ;", .file("x")),
    ])
    func reads(_ line: String, _ statement: String, _ endpoint: CopyCommandLine.Endpoint) throws {
        let command = try parse(line)
        #expect(command.statement == statement)
        #expect(command.endpoint == endpoint)
    }

    @Test(
        arguments: [
            ("t", nil), ("t into x", "into"), ("t from", nil), ("t to program gzip", "gzip"), ("(select 1", nil),
            ("t (a from x", nil),
        ] as [(String, String?)])
    func whatIsWrong(_ line: String, _ token: String?) {
        let failure = #expect(throws: CopyCommandLine.ParseFailure.self) { try parse(line) }
        #expect(failure?.token == token)
    }
}

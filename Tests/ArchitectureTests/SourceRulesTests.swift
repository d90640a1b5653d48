import Testing

/// Rules that the compiler does not know.
@Suite struct SourceRulesTests {
    /// Where a trap would take down the engine over what a server or a file says.
    @Test(arguments: [#"\btry!"#, #"\bas!"#, #"\bfatalError\("#, #"\bpreconditionFailure\("#])
    func nothingTraps(_ pattern: String) throws {
        try expectNoMatch(pattern, in: Repository.sources())
    }

    @Test func nothingIsLeftToDo() throws {
        let marks = try Regex(#"\b(TODO|FIXME|XXX|HACK)\b"#)
        for file in try Repository.sources() {
            #expect(file.comments.firstMatch(of: marks) == nil, "\(file.path)")
        }
    }

    /// Commands return output; the shell and the program print it.
    @Test func onlyTheShellAndTheProgramPrint() throws {
        for module in ImportTests.belowCommands + ["Commands"] where Repository.exists("Sources/" + module) {
            try expectNoMatch(
                #"^\s*(print|debugPrint|fputs|puts|printf)\(|FileHandle\.standard|STD(OUT|ERR)_FILENO"#,
                in: Repository.sources(module))
        }
    }

    @Test func everyUncheckedClaimHasItsReason() throws {
        let claim = try Regex(#"@unchecked Sendable|nonisolated\(unsafe\)"#)
        for file in try Repository.sources() {
            for (number, line) in file.codeLines where line.firstMatch(of: claim) != nil {
                // On the line, or in the comment above the declaration.
                let above = file.lines[..<(number - 1)].reversed().prefix { line in
                    let trimmed = line.drop { $0 == " " }
                    return trimmed.hasPrefix("//") || trimmed.hasPrefix("@")
                }
                let hasReason = ([file.lines[number - 1]] + above).contains { $0.contains("//") }
                #expect(hasReason, "\(file.path):\(number)")
            }
        }
    }

    /// A fixed statement is a file of sql/. Statements with names and columns put in are built in `…Statements.swift`.
    /// What a command shows as a remedy is text, not a statement that runs.
    @Test func noStatementIsWrittenWhereItRuns() throws {
        let runs = try Regex(#"\.(query|send|prepare|copyIn|copyOut|sendPrepare)\(\s*(sql: )?$"#)
        let statement = try Regex(#"^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|COPY|TRUNCATE|WITH) "#)
        for file in try Repository.sources() where !Self.mayHoldStatements(file.path) {
            for literal in file.literals
            where literal.before.firstMatch(of: runs) != nil && literal.text.firstMatch(of: statement) != nil {
                Issue.record("\(file.path):\(literal.line) runs a statement that is not in sql/")
            }
        }
    }

    /// These modules run statements and show none.
    @Test func theEnginesModulesBuildStatementsInOnePlaceEach() throws {
        let statement = try Regex(
            #"^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|COPY|TRUNCATE|LOCK TABLE) [A-Z"\\]"#)
        for module in ["Catalog", "Configuration", "Publisher", "Subscriber", "Backfill"] {
            for file in try Repository.sources(module) where !Self.mayHoldStatements(file.path) {
                for literal in file.literals where literal.text.firstMatch(of: statement) != nil {
                    // A hint tells a person what to type.
                    let isShown = try literal.before.firstMatch(of: Regex(#"(hint|fixSQL|detail|message): $"#)) != nil
                    if !isShown {
                        Issue.record("\(file.path):\(literal.line) has a statement: \(literal.text.prefix(40))")
                    }
                }
            }
        }
    }

    private static func mayHoldStatements(_ path: String) -> Bool {
        path.hasSuffix("Statements.swift") || path.hasPrefix("Sources/LocalCluster/")
    }

    /// Tests wait for events.
    @Test func noTestSleeps() throws {
        let files = try Repository.files("Tests", endings: [".swift"]).map { SwiftFile($0) }
        try expectNoMatch(#"\b(u|nano)?sleep\(|Task\.sleep"#, in: files)
    }

    private func expectNoMatch(_ pattern: String, in files: [SwiftFile]) throws {
        let regex = try Regex(pattern)
        for file in files {
            for (number, line) in file.codeLines where line.firstMatch(of: regex) != nil {
                Issue.record("\(file.path):\(number) has \(pattern)")
            }
        }
    }
}

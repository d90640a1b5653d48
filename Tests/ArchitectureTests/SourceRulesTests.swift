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

    @Test func onlyOneModuleStartsPrograms() throws {
        try expectNoMatch(
            #"\b(posix_spawnp?|popen|fork|execvp?)\(|\bProcess\(\)"#,
            in: Repository.sources().filter { !$0.path.hasPrefix("Sources/Processes/") })
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

    /// A fixed statement is a file of sql/. One with a name put in is assembled in the modules that own a server, and in the
    /// shell, which runs what is typed; elsewhere in a file `…Statements.swift`. What a command shows as a remedy is text.
    @Test func noStatementIsWrittenWhereItRuns() throws {
        let runs = try Regex(#"\.(query|send|prepare|copyIn|copyOut|sendPrepare)\(\s*(sql: )?$"#)
        let statement = try Regex(Self.statement)
        for file in try Repository.sources() {
            for literal in file.literals
            where literal.before.firstMatch(of: runs) != nil && literal.text.firstMatch(of: statement) != nil
                && !Self.mayHold(literal, in: file.path, alsoAssembledIn: ["Publisher", "Subscriber", "Shell"])
            {
                Issue.record("\(file.path):\(literal.line) runs a statement that is not in sql/")
            }
        }
    }

    /// These modules run statements and show none, but as hints.
    @Test func theEnginesModulesHoldNoFixedStatement() throws {
        let statement = try Regex(Self.statement)
        // Also a command's tag, which is compared.
        let shown = try Regex(#"(hint|fixSQL|detail|message): $|== $"#)
        for module in ["Catalog", "Configuration", "Publisher", "Subscriber", "Backfill"] {
            for file in try Repository.sources(module) {
                for literal in file.literals
                where literal.text.firstMatch(of: statement) != nil && literal.before.firstMatch(of: shown) == nil
                    && !Self.mayHold(literal, in: file.path, alsoAssembledIn: ["Publisher", "Subscriber"])
                {
                    Issue.record("\(file.path):\(literal.line) has a statement: \(literal.text.prefix(40))")
                }
            }
        }
    }

    /// Only Publisher writes on a source, only Subscriber on a shadow: all others read (`CatalogReader`), or ask them. The
    /// shell runs what its user types; the demo and the benchmark write on servers of their own.
    @Test func onlyTheOwnersOfAServerWriteOnIt() throws {
        let owners = ["Libpq", "Catalog", "Publisher", "Subscriber", "Shell", "LocalCluster", "Benchmark"]
        let calls = #"\.(query|send|beginCopy|beginCopyIn|sendCopyData|enterPipeline|pipeline\w+)\("#
        for module in try Repository.modules() where !owners.contains(module) {
            let files = try Repository.sources(module).filter { file in
                !file.path.hasPrefix("Sources/scry-backfill/Demo")
                    && (file.imports.contains("Libpq") || file.imports.contains("Catalog"))
            }
            try expectNoMatch(calls, in: files)
        }
        // A read is a script that changes nothing.
        let ways = ["CatalogReader", "FixedSession", "ScriptQuery"].map { "Sources/Catalog/\($0).swift" }
        try expectNoMatch(
            #"\bquery\("#, in: Repository.sources("Catalog").filter { !ways.contains($0.path) })
        for module in ["Preflight", "Backfill"] {
            try expectNoMatch(#"\bConnection\("#, in: Repository.sources(module))
        }
    }

    /// Nobody gets at a connection of the modules that own a server.
    @Test func noOwnerHandsOutItsConnection() throws {
        for module in ["Publisher", "Subscriber"] {
            try expectNoMatch(
                #"public .*\b(let|var) \w+: .*\bConnection\b(?!\.)|public .*-> .*\bConnection\b(?!\.)"#
                    + #"|public .*\b(let|var) connection\b"#, in: Repository.sources(module))
        }
    }

    private static let statement =
        #"^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|COPY|TRUNCATE|LOCK TABLE) [A-Z0-9"\\('*]"#
        + #"|^\s*(SELECT|WITH|SET|RESET|LISTEN|NOTIFY|SAVEPOINT|RELEASE) [A-Za-z]"#
        + #"|^\s*(BEGIN|COMMIT|ROLLBACK)\b"#

    private static func mayHold(
        _ literal: SwiftFile.Literal, in path: String, alsoAssembledIn modules: [String]
    ) -> Bool {
        if path.hasSuffix("Statements.swift") || path.hasPrefix("Sources/LocalCluster/") { return true }
        return literal.isAssembled && modules.contains { path.hasPrefix("Sources/\($0)/") }
    }

    /// Tests wait for events, and for a state without one by `waitUntil` of Tests/Waiting, which alone may let time pass.
    @Test func noTestSleeps() throws {
        let files = try Repository.files("Tests", endings: [".swift"]).map { SwiftFile($0) }
        try expectNoMatch(
            #"\b(u|nano)?sleep\(|Task\.sleep|\bWait\.pause\(|\bWait\.poll\(\[\], interrupt: nil, milliseconds: (?!0\))"#,
            in: files.filter { $0.path != "Tests/Waiting/WaitUntil.swift" })
        // In SQL either: a statement sleeps only for as long as it takes somebody to end it.
        let pause = try Regex(#"\bpg_sleep\(\d{0,2}(\.\d+)?\)"#)
        for file in files {
            for literal in file.literals where literal.text.contains(pause) {
                Issue.record("\(file.path):\(literal.line) sleeps in SQL")
            }
        }
    }

    /// A suite that waits for servers has threads for that (Tests/Waiting): it imports LocalCluster, or names a type of its
    /// target's files that do.
    @Test func suitesThatUseAServerBlockTheirOwnThreads() throws {
        let files = try Repository.files("Tests", endings: [".swift"]).map { SwiftFile($0) }
        let suite = try Regex(#"@Suite(?!\(\.blocking\b)"#)
        for (_, files) in Dictionary(grouping: files, by: { $0.path.split(separator: "/")[1] }) {
            let usingServers = files.filter { $0.imports.contains("LocalCluster") }
            let fixtures = Set(TypeGraph(usingServers).declared.keys.filter { !$0.hasSuffix("Tests") })
            for file in files where file.imports.contains("Testing") {
                let words = file.code.split { !($0.isLetter || $0.isNumber) }.map(String.init)
                guard file.imports.contains("LocalCluster") || !fixtures.isDisjoint(with: words) else { continue }
                for (number, line) in file.codeLines where line.contains(suite) {
                    Issue.record("\(file.path):\(number) needs @Suite(.blocking)")
                }
            }
        }
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

import Foundation
import Testing

@testable import Scripts

@Suite struct ScriptTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "sql")

    private static let all = Script.all + ReadScript.all.map { Script(name: $0.name, text: $0.text) }

    /// Paths below sql/ without ".sql", as scripts are named.
    private static func filesOnDisk() throws -> [String] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        return paths.filter { $0.hasSuffix(".sql") }.map { String($0.dropLast(4)) }.sorted()
    }

    @Test func embedsEveryFileOfTheFolderAndNothingElse() throws {
        #expect(Self.all.map(\.name).sorted() == (try Self.filesOnDisk()))
    }

    @Test func embedsTheFilesByteForByte() throws {
        for script in Self.all {
            let file = try Data(contentsOf: Self.folder.appending(path: script.name + ".sql"))
            #expect(Data(script.text.utf8) == file, "\(script.name)")
        }
    }

    /// Any session may run these, production's too.
    @Test func theReadsChangeNothing() throws {
        // A setting for the transaction alone (the third argument) ends with the statement.
        let aside = try Regex(#"--[^\n]*|'(?:[^']|'')*'|set_config\([^()]*, true\)"#)
        let first = try Regex(#"^(SELECT|WITH|VALUES|SHOW)\b"#)
        let changes = try Regex(
            #"\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|CREATE|ALTER|DROP|GRANT|REVOKE|COPY|CALL|LOCK|SHARE|INTO)\b"#
                + #"|\b(nextval|setval|set_config|pg_notify|pg_reload_conf|pg_export_snapshot|pg_logical_\w+|lo_\w+)\("#
                + #"|\bpg_(\w+_backend|\w*advisory\w*|(create|drop|copy)_\w+|\w+_advance)\("#)
        for script in ReadScript.all {
            // With the literals left empty.
            let text = script.text.replacing(aside) { $0.output[0].substring?.first == "'" ? "''" : "" }
            for statement in text.split(separator: ";") {
                let statement = statement.drop { $0.isWhitespace || $0 == "(" }
                guard !statement.isEmpty else { continue }
                #expect(statement.prefixMatch(of: first) != nil, "\(script.name)")
                #expect(statement.firstMatch(of: changes) == nil, "\(script.name)")
            }
        }
    }

    /// A server translates all of a statement into its own encoding, and not every one has each character.
    @Test func everyFileIsPureASCII() throws {
        for script in Self.all {
            #expect(script.text.utf8.allSatisfy { $0 < 0x80 }, "\(script.name)")
        }
    }

    /// A script's purpose and its parameters must be explained where it is read.
    @Test func everyFileBeginsWithAComment() throws {
        for script in Self.all {
            #expect(script.text.hasPrefix("-- "), "\(script.name)")
        }
    }

    @Test func theParametersUsedAreNamedInTheHeader() throws {
        for script in Self.all {
            let lines = script.text.split(separator: "\n", omittingEmptySubsequences: false)
            let header = lines.prefix { $0.hasPrefix("--") }.joined(separator: "\n")
            let body = lines.drop { $0.hasPrefix("--") }.joined(separator: "\n")
            for number in 1...9 where body.contains("$\(number)") {
                #expect(header.contains("$\(number)"), "\(script.name) does not say what $\(number) is")
            }
        }
    }
}

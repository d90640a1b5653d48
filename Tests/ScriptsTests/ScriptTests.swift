import Foundation
import Testing

@testable import Scripts

@Suite struct ScriptTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "sql")

    /// Paths below sql/ without ".sql", as scripts are named.
    private static func filesOnDisk() throws -> [String] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        return paths.filter { $0.hasSuffix(".sql") }.map { String($0.dropLast(4)) }.sorted()
    }

    @Test func embedsEveryFileOfTheFolderAndNothingElse() throws {
        #expect(Script.all.map(\.name).sorted() == (try Self.filesOnDisk()))
    }

    @Test func embedsTheFilesByteForByte() throws {
        for script in Script.all {
            let file = try Data(contentsOf: Self.folder.appending(path: script.name + ".sql"))
            #expect(Data(script.text.utf8) == file, "\(script.name)")
        }
    }

    /// A server translates all of a statement into its own encoding, and not every one has each character.
    @Test func everyFileIsPureASCII() throws {
        for script in Script.all {
            #expect(script.text.utf8.allSatisfy { $0 < 0x80 }, "\(script.name)")
        }
    }

    /// What a script is for and which parameters it takes must be told where it is read.
    @Test func everyFileBeginsWithAComment() throws {
        for script in Script.all {
            #expect(script.text.hasPrefix("-- "), "\(script.name)")
        }
    }

    @Test func theParametersUsedAreNamedInTheHeader() throws {
        for script in Script.all {
            let lines = script.text.split(separator: "\n", omittingEmptySubsequences: false)
            let header = lines.prefix { $0.hasPrefix("--") }.joined(separator: "\n")
            let body = lines.drop { $0.hasPrefix("--") }.joined(separator: "\n")
            for number in 1...9 where body.contains("$\(number)") {
                #expect(header.contains("$\(number)"), "\(script.name) does not tell what $\(number) is")
            }
        }
    }
}

import Foundation
import Testing

/// Words that stand nowhere in what people read: sources, statements and the README.
@Suite struct WordingTests {
    /// Each has plainer ones in its place: past, after or lags; cannot; retains.
    @Test(arguments: [#"\bbehind\b"#, #"\b[Cc]an't\b"#, #"\b([Hh]olds?|[Hh]eld|[Hh]olding) back\b"#])
    func standsNowhere(_ word: String) throws {
        let regex = try Regex(word)
        let readme = try String(contentsOf: Repository.root.appending(path: "README.md"), encoding: .utf8)
        let files =
            try Repository.files("Sources", endings: [".swift", ".h"]) + Repository.files("sql", endings: [".sql"])
            + [RepositoryFile(path: "README.md", text: readme)]
        for file in files {
            for (index, line) in file.lines.enumerated() where line.firstMatch(of: regex) != nil {
                Issue.record("\(file.path):\(index + 1) has \(word): \(line)")
            }
        }
    }
}

import Foundation
import Testing

@Suite struct LayoutTests {
    @Test func theTopHoldsTheFewEntriesAndDotFiles() throws {
        let allowed: Set = ["Package.swift", "Package.resolved", "Sources", "Tests", "sql", "README.md"]
        for entry in try Repository.entries() where !entry.hasPrefix(".") {
            #expect(allowed.contains(entry), "\(entry) at the top")
        }
    }

    @Test func noFolderIsADrawer() throws {
        let drawers: Set = ["Utils", "Util", "Common", "Core", "Helpers", "Misc", "Shared", "Support"]
        for file in try Repository.sources() {
            #expect(drawers.isDisjoint(with: file.path.split(separator: "/").map(String.init)), "\(file.path)")
        }
    }

    /// `Tests/CatalogTests/Slots/SlotTests.swift` tests `Sources/Catalog/Slots/Slot.swift`, or the folder of that name; so
    /// does `SlotDropTests.swift`. A module's tests from end to end stand in `Tests/MODULETests/EndToEnd`.
    @Test func theTestsPathMirrorsTheSources() throws {
        for file in try Repository.files("Tests", endings: ["Tests.swift"]) {
            var parts = file.path.split(separator: "/").dropFirst().map(String.init)
            let module = String(parts.removeFirst().dropLast("Tests".count))
            guard module != "Architecture", parts.first != "EndToEnd" else { continue }
            let subject = parts.removeLast().dropLast("Tests.swift".count)
            let folder = (["Sources", module] + parts).joined(separator: "/")
            let sources = Repository.exists(folder) ? try Repository.entries(folder) : []
            let mirrors = sources.contains { source in
                subject.hasPrefix(source.hasSuffix(".swift") ? source.dropLast(".swift".count) : source[...])
            }
            #expect(mirrors, "\(file.path) mirrors nothing in \(folder)")
        }
    }

    @Test func noFileIsLongerThan400Lines() throws {
        for file in try Repository.files("Sources", endings: [".swift"])
            + Repository.files("Tests", endings: [".swift"])
        {
            #expect(file.lines.count <= 401, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test func nothingNamesAFolderOfTheMachineItWasWrittenOn() throws {
        let paths = try Regex(#"(^|[^\w.*}~/-])/(work|root|home)/\w"#)
        let endings = [".swift", ".md", ".sql", ".sh", ".c", ".h", "/run", "/pre-commit"]
        for folder in ["Sources", "Tests", "sql", ".ci", ".githooks"] {
            for file in try Repository.files(folder, endings: endings + ["run", "pre-commit"]) {
                for (index, line) in file.lines.enumerated() {
                    #expect(line.firstMatch(of: paths) == nil, "\(file.path):\(index + 1)")
                }
            }
        }
    }
}

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

    /// `Tests/CatalogTests/Slots/SlotTests.swift`, and with it `SlotTests+Names.swift`, tests `Sources/Catalog/Slots/Slot.swift`.
    /// What tests more than one file at once stands in `Tests/MODULETests/EndToEnd`.
    @Test func theTestsPathMirrorsTheSources() throws {
        let tests = try Regex(#"Tests(\+\w+)?\.swift$"#)
        for file in try Repository.files("Tests", endings: [".swift"]) where file.path.contains(tests) {
            var parts = file.path.split(separator: "/").dropFirst().map(String.init)
            parts[0] = String(parts[0].dropLast("Tests".count))
            if parts[0] == "Architecture" || parts[1] == "EndToEnd" { continue }
            // A target's name is a module's name, which has no dash.
            if parts[0] == "Executable" { parts[0] = "scry-backfill" }
            let source = "Sources/" + parts.joined(separator: "/").replacing(tests, with: ".swift")
            #expect(Repository.exists(source), "\(file.path) mirrors no file, which would be \(source)")
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

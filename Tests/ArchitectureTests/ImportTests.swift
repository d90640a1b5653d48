import Foundation
import Testing

/// The folder list is the architecture: what a module may not import, whatever SwiftPM would let pass.
@Suite struct ImportTests {
    /// C modules and the one module that wraps each.
    private static let wrappers = ["CLibpq": "Libpq", "CLibedit": "Shell"]

    private static let forbidden: [String: Set<String>] = {
        var table: [String: Set<String>] = [
            "Postgres": ["Foundation", "FoundationEssentials", "Libpq"],
            "Pgoutput": ["Foundation", "FoundationEssentials", "Glibc", "Libpq"],
            "Changes": ["Foundation", "FoundationEssentials", "Glibc", "Libpq"],
            "Job": ["Foundation", "FoundationEssentials", "Glibc", "Libpq"],
            "Publisher": ["Subscriber"],
            "Subscriber": ["Publisher"],
            "Shell": ["Subscriber"],
            "Commands": ["Subscriber"],
        ]
        for module in belowCommands { table[module, default: []].formUnion(["Commands", "Shell"]) }
        return table
    }()

    static let belowCommands = [
        "Scripts", "Postgres", "Processes", "Pgoutput", "Changes", "Job", "Libpq", "Catalog", "Preflight", "Publisher",
        "Subscriber", "Backfill",
        "Configuration", "LocalCluster", "Metrics",
    ]

    @Test func noModuleImportsWhatItMayNot() throws {
        for module in try Repository.modules() {
            let forbidden = Self.forbidden[module] ?? []
            for file in try Repository.sources(module) {
                for imported in file.imports {
                    #expect(!forbidden.contains(imported), "\(file.path) imports \(imported)")
                    if let wrapper = Self.wrappers[imported] {
                        #expect(module == wrapper, "\(file.path) imports \(imported), which only \(wrapper) may")
                    }
                }
            }
        }
    }

    @Test func everyImportOfAModuleIsDeclaredInTheManifest() throws {
        let declared = try Self.declaredDependencies()
        let modules = Set(try Repository.modules())
        for module in modules {
            let dependencies = try #require(declared[module], "Package.swift does not declare \(module)")
            for file in try Repository.sources(module) {
                for imported in file.imports where modules.contains(imported) || Self.wrappers[imported] != nil {
                    #expect(dependencies.contains(imported), "\(file.path) imports \(imported), not declared")
                }
            }
        }
    }

    @Test func theManifestDeclaresNothingForbidden() throws {
        for (module, dependencies) in try Self.declaredDependencies() {
            let wrong = dependencies.intersection(Self.forbidden[module] ?? [])
            #expect(wrong.isEmpty, "\(module) depends on \(wrong)")
            for dependency in dependencies {
                #expect(Self.wrappers[dependency] == nil || Self.wrappers[dependency] == module)
            }
        }
    }

    @Test func everyFolderOfSourcesIsInTheManifest() throws {
        let manifest = try String(contentsOf: Repository.root.appending(path: "Package.swift"), encoding: .utf8)
        for folder in try Repository.entries("Sources") {
            #expect(manifest.contains("\"\(folder)\""), "\(folder)")
        }
    }

    /// The map in the README names each module once, and none that is not there.
    @Test func theReadmeNamesEveryModule() throws {
        let readme = try String(contentsOf: Repository.root.appending(path: "README.md"), encoding: .utf8)
        let rows = readme.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { !$0.hasPrefix("| folder |") }.prefix { $0.hasPrefix("|") }
        let name = try Regex("`([\\w-]+)`")
        let named = rows.flatMap { row in
            (row.split(separator: "|").first ?? "").matches(of: name).map { Self.text($0.output, 1) }
        }
        #expect(named.sorted() == (try Repository.entries("Sources")).sorted())
    }

    /// The manifest's `module("Name", ["A", "B", …])`, `program(…)`, `tool(…)` and `plugin(…)`.
    private static func declaredDependencies() throws -> [String: Set<String>] {
        let manifest = try String(contentsOf: Repository.root.appending(path: "Package.swift"), encoding: .utf8)
        var declared: [String: Set<String>] = [:]
        for match in manifest.matches(
            of: try Regex(#"(?:module|program|tool|plugin)\(\s*"([\w-]+)"(?:,\s*\[([^\]]*)\])?\s*[,)]"#))
        {
            declared[text(match.output, 1)] = names(text(match.output, 2))
        }
        return declared
    }

    private static func text(_ output: AnyRegexOutput, _ group: Int) -> String {
        output[group].substring.map(String.init) ?? ""
    }

    private static func names(_ list: String) -> Set<String> {
        Set(
            list.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map
            { String($0.element) })
    }
}

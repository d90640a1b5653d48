import Testing

@Suite struct TypeGraphTests {
    private func circles(_ lines: String...) -> [[String]] {
        TypeGraph([SwiftFile(RepositoryFile(path: "a.swift", text: lines.joined(separator: "\n")))]).circles
    }

    @Test func typesThatKnowEachOtherAreACircle() {
        #expect(circles("struct A { let b: B }", "struct B { let c: C }", "struct C {}").isEmpty)
        #expect(
            circles("struct A { let b: B }", "struct B { let c: C }", "struct C { let a: [A] }") == [["A", "B", "C"]])
        #expect(circles("struct A { let a: [A] }").isEmpty)
    }

    @Test func anExtensionBelongsToItsType() {
        #expect(
            circles("struct A {}", "struct B { let a: A }", "extension A { func b() -> B? { nil } }") == [["A", "B"]])
        #expect(circles("struct B {}", "extension Foreign { func b() -> B? { nil } }").isEmpty)
    }

    @Test func whatIsNestedIsItsOwners() {
        #expect(circles("struct A { enum B { case one }; let b: B }", "struct B { let a: A }").isEmpty)
        #expect(circles("struct A { let b: Other.B }", "struct B { let a: A }").isEmpty)
        #expect(circles("struct A { enum Inner { case b(B) } }", "struct B { let a: A }") == [["A", "B"]])
    }

    @Test func whatIsSaidOfATypeIsNotKnowingIt() {
        #expect(circles("/// Like a `B`.", "struct A { let text = \"a B\" }", "struct B { let a: A }").isEmpty)
    }

    // MARK: The rules

    @Test(arguments: ["Backfill", "Publisher", "Subscriber", "Libpq"])
    func noTypesFormACircle(_ module: String) throws {
        for circle in TypeGraph(try Repository.sources(module)).circles {
            Issue.record("\(module): \(circle.joined(separator: ", "))")
        }
    }

    /// Which wings of Backfill may know which; `` are the files that all of them share.
    private static let arrows: [String: Set<String>] = [
        "": ["Care"],
        "Care": [""],
        "Control": [""],
        "Copy": ["", "Care"],
        "Engine": ["", "Care", "Control", "Copy", "Publication", "Schema", "Stream"],
        "Publication": ["", "Care", "Copy", "Stream"],
        "Schema": ["", "Care", "Copy", "Stream"],
        "Stream": [""],
        "Verify": [""],
    ]

    @Test func theWingsOfBackfillKnowWhatTheyMay() throws {
        let graph = TypeGraph(try Repository.sources("Backfill"))
        for part in graph.parts {
            let wing = Self.wing(of: part.path)
            let allowed = try #require(Self.arrows[wing], "\(wing) is no wing")
            for name in part.names {
                let other = Self.wing(of: graph.declared[name] ?? part.path)
                #expect(other == wing || allowed.contains(other), "\(part.path): \(name) of \(other)")
            }
        }
    }

    private static func wing(of path: String) -> String {
        path.split(separator: "/").dropFirst(2).dropLast().first.map(String.init) ?? ""
    }
}

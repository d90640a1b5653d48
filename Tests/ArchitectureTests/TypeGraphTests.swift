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

    @Test(arguments: ["Publisher", "Subscriber", "Libpq"])
    func noTypesFormACircle(_ module: String) throws {
        for circle in TypeGraph(try Repository.sources(module)).circles {
            Issue.record("\(module): \(circle.joined(separator: ", "))")
        }
    }
}

import Testing

@Suite struct SwiftFileTests {
    private func scan(_ text: String) -> SwiftFile { SwiftFile(RepositoryFile(path: "a.swift", text: text)) }

    @Test func tellsCodeFromCommentsAndStrings() {
        let file = scan(
            """
            let a = "print(1) \\(f("x")) end" // try! here
            /* outer /* inner */ fatalError( */ let b = #"raw \\ " quote"#
            """)
        #expect(file.literals.map(\.text) == ["print(1) \\() end", "x", "raw \\ \" quote"])
        #expect(file.literals.map(\.line) == [1, 1, 2])
        #expect(file.code.contains("f(\" \")"))
        #expect(!file.code.contains("try!") && !file.code.contains("fatalError") && !file.code.contains("print"))
        #expect(file.comments.contains("try! here") && file.comments.contains("inner"))
        #expect(file.code.contains("let b = #\""))
    }

    @Test func keepsTheLines() {
        let file = scan("let a = \"\"\"\n  SELECT 1\n  \"\"\"\nlet b = 1\n")
        #expect(file.codeLines.map(\.text).last { !$0.isEmpty } == "let b = 1")
        #expect(file.codeLines.count == file.lines.count)
        #expect(file.literals[0].text.contains("SELECT 1"))
    }

    @Test func readsImports() {
        let file = scan(
            "public import Libpq\nimport struct Foundation.URL\n@testable import Shell\nlet x = 1 // import Nothing\n")
        #expect(file.imports == ["Libpq", "Foundation", "Shell"])
    }
}

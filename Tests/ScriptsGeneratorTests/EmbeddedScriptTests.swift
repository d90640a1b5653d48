import Testing

@testable import ScriptsGenerator

@Suite struct EmbeddedScriptTests {
    @Test func aFileIsAConstantNamedByItsPath() {
        let source = EmbeddedScript.source(of: [
            EmbeddedScript(name: "demo/table_sizes_16", text: "SELECT 2\n"),
            EmbeddedScript(name: "demo/schemas", text: "SELECT 1\n"),
            EmbeddedScript(name: "catalog/wal", text: "SELECT 3\n"),
        ])
        #expect(
            source == """
                extension ReadScript {
                    public static var catalogWal: ReadScript { ReadScript(name: "catalog/wal", text: #\"""
                SELECT 3

                \"""#) }
                    static var all: [ReadScript] { [catalogWal] }
                }

                extension Script {
                    public static var demoSchemas: Script { Script(name: "demo/schemas", text: #\"""
                SELECT 1

                \"""#) }
                    public static var demoTableSizes16: Script { Script(name: "demo/table_sizes_16", text: #\"""
                SELECT 2

                \"""#) }
                    static var all: [Script] { [demoSchemas, demoTableSizes16] }
                }

                """)
    }

    @Test func numberedFilesOfAFolderAreOneArrayInOrder() {
        let source = EmbeddedScript.source(of: [
            EmbeddedScript(name: "subscriber/state/0002_lanes", text: "b"),
            EmbeddedScript(name: "subscriber/state/0001_job", text: "a"),
        ])
        #expect(
            source == """
                extension ReadScript {
                    static var all: [ReadScript] { [] }
                }

                extension Script {
                    public static var subscriberState: [Script] { [Script(name: "subscriber/state/0001_job", text: #\"""
                a
                \"""#), Script(name: "subscriber/state/0002_lanes", text: #\"""
                b
                \"""#)] }
                    static var all: [Script] { [] + subscriberState }
                }

                """)
    }

    @Test(arguments: [
        ("SELECT 'a\\n', E'\\\\'", "#"), ("\"\"\"", "#"), ("\"\"\"#", "##"), ("\\#(x)", "##"), ("\\## \"\"\"#", "###"),
    ])
    func theLiteralHasMoreMarksThanTheText(_ text: String, _ marks: String) {
        let source = EmbeddedScript.source(of: [EmbeddedScript(name: "a/b", text: text)])
        #expect(source.contains("text: \(marks)\"\"\"\n\(text)\n\"\"\"\(marks)) }\n"))
    }
}

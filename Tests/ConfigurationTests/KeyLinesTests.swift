import Testing

@testable import Configuration

@Suite struct KeyLinesTests {
    private let lines = KeyLines(
        #"""
        # comment with [brackets] and key = value
        top = 1

        [source]   # the source
        host = "a # b"
          port=5432
        password = """
        user = "not a key"
        ends with a quote """"
        user = 'C:\'
        [backfill]
        include_tables = [
            "a.*",  # jobs = 1
            'b]',
        ]
        jobs = 3
        "odd.key" = 2
        shadow.host = { name = "x", other = [1, 2] }
        [[list]]
        x = "\"\\"
        last = true
        """#)

    @Test(arguments: [
        (["top"], 2), (["source"], 4), (["source", "host"], 5), (["source", "port"], 6), (["source", "password"], 7),
        (["source", "user"], 10), (["backfill"], 11), (["backfill", "include_tables"], 12), (["backfill", "jobs"], 16),
        (["backfill", "odd.key"], 17), (["backfill", "shadow", "host", "name"], 18), (["list", "x"], 20),
        (["list", "last"], 21), (["nowhere"], 1),
    ])
    func finds(path: [String], line: Int) {
        #expect(lines[path] == line)
    }

    @Test func anyTextEnds() {
        for text in ["[", "a", "a=", "a = \"", "a = '''", "[a\nb", "a = [\n", "=", "]", "\"\"\"", "a.\"b"] {
            #expect(KeyLines(text)[["z"]] == 1)
        }
    }
}

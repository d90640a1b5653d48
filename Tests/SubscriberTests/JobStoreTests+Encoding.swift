import Testing

@testable import Subscriber

@Suite struct JobStoreEncodingTests {
    @Test(arguments: [
        ("plain", "…", #"\"#, "plain"), ("a … b", "…", #"\"#, #"a \u2026 b"#), ("ö … ü", "…", #"\"#, #"ö \u2026 ü"#),
        (#"{"m":"a … b"}"#, "…", #"\\"#, #"{"m":"a \\u2026 b"}"#), ("😀", "😀", #"\"#, #"\U0001F600"#),
    ])
    func charactersBecomeNumbers(text: String, missing: String, backslash: String, expected: String) {
        #expect(escaped(text, Set(missing.unicodeScalars), by: backslash) == expected)
    }
}

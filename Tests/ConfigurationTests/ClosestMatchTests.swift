import Configuration
import Testing

@Suite struct ClosestMatchTests {
    @Test(arguments: [
        ("bakfill", "backfill"), ("backfill", "backfill"), ("slost", "slots"),
        ("chekc-connections", "check-connections"),
        ("production", nil), ("x", nil), ("", nil),
    ])
    func finds(word: String, expected: String?) {
        #expect(closestMatch(to: word, among: ["backfill", "slots", "check-connections", "wal"]) == expected)
    }
}

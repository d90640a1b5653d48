import Configuration
import Testing

@Suite struct ClosestMatchTests {
    private static let names = [
        "backfill", "slots", "check-connections", "wal", "elif", "fo", "tables start", "tables stop", "source.host",
        "source.port",
    ]

    @Test(arguments: [
        ("bakfill", "backfill"), ("backfill", "backfill"), ("slost", "slots"),
        ("chekc-connections", "check-connections"),
        ("production", nil), ("x", nil), ("", nil), ("wla", "wal"), ("foo", nil), ("verify", nil), ("slo", nil),
        ("tables strat", "tables start"), ("tables foo", nil), ("tables x", nil), ("source.hots", "source.host"),
        ("source.pot", "source.port"), ("source.foo", nil),
    ])
    func finds(word: String, expected: String?) {
        #expect(closestMatch(to: word, among: Self.names) == expected)
    }
}

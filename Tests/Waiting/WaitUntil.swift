import Libpq
public import Testing

/// Waits until it is so. For a state that comes without an event, such as one that a server shows only to who asks: this is
/// the one place where tests ask again and again.
///
/// Records an issue, and returns, where it has not come so within `seconds`; the time is there to end a test that fails, and
/// is long enough for a slow machine.
/// - Throws: what the condition throws.
public func waitUntil<Failure: Error>(
    seconds: Int = 120, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () throws(Failure) -> Bool
) throws(Failure) {
    let start = ContinuousClock.now
    while try !condition() {
        guard start.duration(to: .now) < .seconds(seconds) else {
            Issue.record("what the test waits for has not come within \(seconds) s", sourceLocation: sourceLocation)
            return
        }
        _ = Wait.poll([], interrupt: nil, milliseconds: 10)
    }
}

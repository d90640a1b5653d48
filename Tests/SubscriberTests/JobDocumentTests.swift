import Job
import Postgres
import Testing

@testable import Subscriber

/// What the state keeps as JSON.
@Suite struct JobDocumentTests {
    @Test func anErrorIsReadAsItWasWritten() throws {
        let error = JobError(PostgresError("m", hint: "h", sqlState: .undefinedTable), at: "2026-01-01T00:00:00Z")
        let text = try #require(JobDocument.text(error))
        #expect(JobDocument.error(text) == error)
        // As an earlier release may have left it.
        #expect(JobDocument.error(#"{"message":"m","sqlstate":"42P01","at":"now"}"#)?.hint == nil)
        #expect(JobDocument.error("{}") == nil)
    }

    @Test func theThrottlesSettingsAreReadAsTheyWereWritten() throws {
        let settings = ThrottleSettings(isEnabled: true, rowsPerSecond: 10, burst: 1.5, isAdaptive: true)
        #expect(JobDocument.throttleSettings(try #require(JobDocument.text(settings))) == settings)
        let status = ThrottleStatus(settings: settings, share: 0.5, reason: "r", causes: [.sessions])
        #expect(JobDocument.throttleStatus(try #require(JobDocument.text(status))) == status)
    }
}

import Foundation
import Logging
import Testing

@testable import scry_backfill

@Suite struct TextLogHandlerTests {
    @Test func anEventIsALine() {
        let time = Date(timeIntervalSince1970: 1_795_370_689.5)
        let line = TextLogHandler.line(.warning, "copy\nfailed", ["table": "public.a", "attempt": "2"], at: time)
        #expect(line == "2026-11-22 18:04:49.500Z [\(getpid())] WARNING:  copy failed attempt=2 table=public.a\n")
    }
}

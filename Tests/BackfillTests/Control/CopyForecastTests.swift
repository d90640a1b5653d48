import Job
import Postgres
import Publisher
import Testing

@testable import Backfill

@Suite struct CopyForecastTests {
    private static let a = QualifiedName(schema: "public", name: "a")
    private static let b = QualifiedName(schema: "public", name: "b")
    private static let rate = CopyRate(rowsPerSecond: 10, bytesPerSecond: 100)

    /// Of a, which is 300 bytes in 200 of COPY's, all is there; of b, which is as large, a half.
    @Test func tellsTheShareAndTheRest() throws {
        let tables = [
            FollowedTable(name: Self.a, state: .ready(LSN(1)), rowsCopied: 10, bytesCopied: 200),
            FollowedTable(name: Self.b, state: .copying, rowsCopied: 5, bytesCopied: 100),
        ]
        let estimates = [Self.a: TableEstimate(rows: 10, bytes: 300), Self.b: TableEstimate(rows: 10, bytes: 300)]
        let forecast = CopyForecast(tables, estimates, rate: Self.rate)
        #expect(forecast.percent == 75)
        #expect(abs(try #require(forecast.seconds) - 1) < 1e-9)
        #expect(CopyForecast(tables, estimates, rate: nil).seconds == nil)
        #expect(CopyForecast(tables, [:], rate: Self.rate).percent == nil)
    }

    @Test func countsBytesWhereNoRowsWereCounted() {
        let table = FollowedTable(name: Self.a, state: .pending, rowsCopied: 5, bytesCopied: 100)
        let forecast = CopyForecast([table], [Self.a: TableEstimate(rows: nil, bytes: 400)], rate: Self.rate)
        #expect(forecast.percent == 25 && forecast.seconds == 3)
    }

    @Test func isNeverDoneBeforeTheEnd() throws {
        let table = FollowedTable(name: Self.a, state: .copying, rowsCopied: 500, bytesCopied: 5000)
        let forecast = CopyForecast([table], [Self.a: TableEstimate(rows: 10, bytes: 400)], rate: Self.rate)
        #expect(try #require(forecast.percent) < 100)
        #expect(try #require(forecast.seconds) > 0)
    }

    @Test func tellsNothingWhereNothingIsToBeCopied() {
        let ready = FollowedTable(name: Self.a, state: .ready(LSN(1)), rowsCopied: 10, bytesCopied: 100)
        let estimates = [Self.a: TableEstimate(rows: 10, bytes: 300)]
        #expect(CopyForecast([ready], estimates, rate: Self.rate) == CopyForecast([], [:], rate: nil))
        let empty = FollowedTable(name: Self.a, state: .pending)
        let none = CopyForecast([empty], [Self.a: TableEstimate(rows: 0, bytes: 0)], rate: Self.rate)
        #expect(none.percent == nil && none.seconds == nil)
    }
}

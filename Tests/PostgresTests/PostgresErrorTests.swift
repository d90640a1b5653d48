import Postgres
import Testing

@Suite struct PostgresErrorTests {
    @Test(arguments: [
        (SQLState.serializationFailure, PostgresError.Origin.server, true), (.deadlockDetected, .server, true),
        (.adminShutdown, .server, true), (.cannotConnectNow, .connection, true),
        (.connectionFailure, .connection, true),
        (SQLState("53300"), .connection, true), (.invalidPassword, .connection, false),
        (.invalidCatalogName, .connection, false), (.syntaxError, .server, false), (.adminShutdown, .client, false),
        (.queryCanceled, .interrupted, false), (.connectionFailure, .interrupted, false),
    ])
    func knowsWhatPassesByItself(_ state: SQLState, _ origin: PostgresError.Origin, _ safe: Bool) {
        #expect(PostgresError("x", sqlState: state, origin: origin).isSafeToRetry == safe)
    }
}

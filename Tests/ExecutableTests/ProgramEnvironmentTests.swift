import Configuration
import Libpq
import Postgres
import Testing

@testable import scry_backfill

@Suite struct ProgramEnvironmentTests {
    @Test func keysAreOptionsAnywhere() throws {
        let environment = try ProgramEnvironment(
            arguments: [
                "/usr/bin/scry-backfill", "run", "--backfill.jobs", "8", "x", "--source.host=a", "--", "--a.b",
            ],
            variables: [:])
        #expect(environment.name == "scry-backfill")
        #expect(environment.arguments == ["run", "x", "--", "--a.b"])
        #expect(environment.keys.map(\.path) == ["backfill.jobs", "source.host"])
        #expect(environment.keys.map(\.value) == ["8", "a"])
    }

    @Test func textsWithDotsAreNoKeys() throws {
        let arguments = ["-f", "a.sql", "--file=b.sql", "-c", "select 1.5", "--", "x"]
        let environment = try ProgramEnvironment(arguments: ["scry-backfill"] + arguments, variables: [:])
        #expect(environment.arguments == arguments)
    }

    @Test func aKeyNeedsAValue() {
        #expect(throws: PostgresError.self) {
            try ProgramEnvironment(arguments: ["scry-backfill", "--backfill.jobs"], variables: [:])
        }
    }

    @Test func psqlIsADropIn() throws {
        let variables = ["SCRY_BACKFILL_SOURCE": "host=a", "SCRY_BACKFILL_SHADOW": "host=b"]
        let environment = try ProgramEnvironment(arguments: ["bin/psql", "--backfill.jobs=1"], variables: variables)
        #expect(environment.isPsql)
        #expect(environment.arguments == ["--backfill.jobs=1"])
        let loaded = try environment.configuration(of: ShellInvocation())
        #expect(loaded.configuration.source.connection == nil)
        #expect(loaded.configuration.shadow?.parameters == ["host": "b"])
        #expect(loaded.file == nil)
    }
}

import Configuration
import Postgres
import Shell
import Testing

@testable import scry_backfill

@Suite struct ShellInvocationTests {
    private func read(_ arguments: String...) throws -> ShellInvocation {
        try ShellInvocation(arguments, table: PsqlOption.psql + PsqlOption.own)
    }

    @Test func clustersEndInAValue() throws {
        let invocation = try read("-XAtc", "select 1", "-qfscript.sql", "-1")
        #expect(invocation.options.actions == [.command("select 1"), .file("script.sql")])
        #expect(!invocation.options.readsStartupFile)
        #expect(invocation.options.singleTransaction)
        #expect(invocation.options.printSettings.map(\.name) == ["format", "tuples_only"])
        #expect(invocation.options.variables == [ShellOptions.Assignment("QUIET", "on")])
    }

    @Test func theHostIsNoHelp() throws {
        let invocation = try read("-h", "db.example", "-p6432", "-U", "me", "shop")
        #expect(invocation.request == .shell)
        #expect(invocation.host == "db.example")
        #expect(invocation.port == "6432")
        #expect(invocation.user == "me")
        #expect(invocation.database == "shop")
    }

    @Test(arguments: [
        (["-?"], ShellInvocation.Request.help("options")), (["--help"], .help("options")),
        (["--help=commands"], .help("commands")), (["-X", "-?"], .help("options")), (["-V"], .version),
        (["--version", "--nonsense"], .version),
    ])
    func requests(arguments: [String], request: ShellInvocation.Request) throws {
        #expect(try ShellInvocation(arguments, table: PsqlOption.psql).request == request)
    }

    @Test func optionsMayFollowOperands() throws {
        let invocation = try read("shop", "-c", "select 1", "me", "--", "-x")
        #expect(invocation.database == "shop")
        #expect(invocation.user == "me")
        #expect(invocation.ignored == ["-x"])
        #expect(invocation.options.actions == [.command("select 1")])
    }

    @Test func longNamesMayBeCut() throws {
        let invocation = try read("--comm=a", "--no-ps", "--set", "A=b=c", "--variable", "D")
        #expect(invocation.options.actions == [.command("a")])
        #expect(
            invocation.options.variables == [
                ShellOptions.Assignment("A", "b=c"), ShellOptions.Assignment("D", nil),
            ])
    }

    @Test(arguments: [
        (["-y"], "invalid option -- 'y'"),
        (["-Xc"], "option requires an argument -- 'c'"),
        (["--command"], "option '--command' requires an argument"),
        (["--csv=1"], "option '--csv' doesn't allow an argument"),
        (["--foo"], "unrecognized option '--foo'"),
        (
            ["--single"],
            "option '--single' is ambiguous; possibilities: '--single-transaction' '--single-step' '--single-line'"
        ),
        (["--help=me"], "there is no help on \"me\""),
    ])
    func complains(arguments: [String], message: String) {
        let error = #expect(throws: PostgresError.self) { try ShellInvocation(arguments, table: PsqlOption.psql) }
        #expect(error?.message == message)
    }

    @Test func aConnectionStringWinsOverSingleOptions() throws {
        let keys = try read("-h", "a", "-p", "1", "postgresql://b/shop", "me").connectionKeys()
        #expect(keys.map(\.path) == ["source.dsn", "source.port", "source.user"])
        #expect(keys.map(\.value) == ["postgresql://b/shop", "1", "me"])
    }

    @Test func theSourceIsNamedOnce() throws {
        #expect(throws: PostgresError.self) { try read("--source", "host=a", "host=b").connectionKeys() }
        #expect(
            try read("--source", "host=a", "shop").connectionKeys().map(\.path) == ["source.dsn", "source.database"])
    }

    @Test func everyOptionHasItsOwnNames() {
        let table = PsqlOption.psql + PsqlOption.own
        let letters = table.compactMap(\.letter)
        let names = table.flatMap(\.names)
        #expect(Set(letters).count == letters.count)
        #expect(Set(names).count == names.count)
        // psql.sgml's list.
        #expect(Set(letters) == Set("aAbcdeEfFhHlLnopPqRsStTUvVwWxXz?01"))
    }
}

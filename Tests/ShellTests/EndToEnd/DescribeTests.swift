import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Shell

/// The describe commands beside the installed psql, in a database that has one of everything.
@Suite(.blocking, .enabled(if: Psql.isYardstick)) struct DescribeTests {
    static let commands = [
        "\\d", "\\d+", "\\dS pg_class", "\\d *", "\\d+ *", "\\d shop.*", "\\d+ shop.*", "\\d nothing", "\\d customers",
        "\\d \"Odd \"\"Schema\".*", "\\d pg_toast.pg_toast_1255", "\\d+ pg_catalog.pg_class", "\\d pg_catalog.pg_roles",
        "\\d+ pg_class_oid_index", "\\dt", "\\dt+", "\\dtS+ pg_am*", "\\dt nothing", "\\di", "\\di+", "\\dv", "\\dv+",
        "\\dm",
        "\\dm+", "\\ds", "\\ds+", "\\dE", "\\dE+", "\\dti", "\\dtvs+", "\\dn", "\\dn+", "\\dnS", "\\dn shop",
        "\\dn+ public",
        "\\du postgres", "\\du+ postgres", "\\dgS pg_*", "\\du pg_read*", "\\l postgres", "\\l+ template0", "\\db",
        "\\db+ nothing", "\\dx",
        "\\dt *.plain", "\\dt shop.o*", "\\dt SHOP.ORDERS", "\\dt \"orders\"", "\\dt ord|cust", "\\dt or?ers",
        "\\d a.b.c.d",
        "\\d other.shop.orders",
        "\\dx+", "\\dx nothing", "\\dx+ nothing", "\\df", "\\df+", "\\dfa", "\\dfnp", "\\dft", "\\df add",
        "\\df+ shop.a*",
        "\\dfS pg_size*", "\\dT", "\\dT+", "\\dT int", "\\dT shop.*", "\\dT *[]", "\\dD", "\\dD+", "\\dp", "\\z",
        "\\dp *.orders",
        "\\dp pg_catalog.pg_class", "\\dRp", "\\dRp+", "\\dRp part*", "\\dRp+ by_schema", "\\dRp+ nothing", "\\dRs",
        "\\dRs+", "\\dy",
        "\\dy+", "\\dP", "\\dP+", "\\dPt", "\\dPi+", "\\dPn", "\\dPn+", "\\dP events*", "\\dPtn+ *",
        "\\dconfig work_mem",
        "\\dconfig+ *_mem", "\\dconfig wal_level", "\\dn a.b.c", "\\dn a.b", "\\du a.b",
    ]

    private func output(_ text: String, _ connection: Connection) throws -> String {
        let parts = text.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
        let (command, modifiers) = try #require(DescribeCommand.named(parts[0]))
        let request = DescribeRequest(
            connection: connection, modifiers: modifiers, pattern: parts.count > 1 ? parts[1] : nil)
        let sink = MemorySink()
        do throws(PostgresError) {
            for result in try command.run(request) {
                switch result {
                case .table(let table):
                    printTable(table.table, options: table.options(PrintOptions()), to: sink)
                case .notFound(let message), .refused(let message): sink.write("error: \(message)\n")
                }
            }
        } catch {
            sink.write("error: \(error.message)\n")
        }
        return sink.text
    }

    @Test func sameAsPsql() throws {
        let database = try SharedCluster.database()
        try database.run(richSchema)
        let connection = try database.connect()
        _ = try connection.query("SET search_path = shop, public")
        let scripts = Self.commands.map { "SET search_path = shop, public;\n\\unset QUIET\n" + $0 + "\n\\set QUIET on" }
        let expected = try Psql(database).output(of: scripts)
        try #require(expected.count == scripts.count)
        for (command, psqlOutput) in zip(Self.commands, expected) {
            let text = psqlOutput.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                line.hasPrefix("psql:") ? line.firstRange(of: "error: ").map { line[$0.lowerBound...] } ?? line : line
            }
            let ours = try output(command, connection)
            #expect(ours == text.joined(separator: "\n"), "\(command)")
        }
    }
}

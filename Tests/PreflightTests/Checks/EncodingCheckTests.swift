import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing

@Suite struct EncodingCheckTests {
    @Test(arguments: [
        ("UTF8", "UTF8", Preflight.Status.pass), ("LATIN1", "LATIN1", .pass), ("LATIN1", "UTF8", .pass),
        ("UTF8", "LATIN1", .warn), ("UTF8", "SQL_ASCII", .warn), ("SQL_ASCII", "SQL_ASCII", .warn),
        ("SQL_ASCII", "UTF8", .fail),
    ])
    func sourceAndShadow(source: String, shadow: String, expected: Preflight.Status) throws {
        let fixture = try PreflightFixture()
        let names = try [
            (fixture.sourceDatabase, source, "s"), (fixture.shadowDatabase, shadow, "t"),
        ].map { database, encoding, suffix in
            let name = "\(database.name)_\(suffix)"
            try database.cluster.run(
                "CREATE DATABASE \(name) TEMPLATE template0 ENCODING '\(encoding)' LC_COLLATE 'C' LC_CTYPE 'C'")
            return name
        }
        let report = try Preflight.run(
            fixture.context(
                source: fixture.sourceDatabase.cluster.connect(database: names[0]),
                shadow: fixture.shadowDatabase.cluster.connect(database: names[1])))
        let finding = try #require(report["encoding"])
        #expect(finding.status == expected, "\(finding.message)")
        #expect(finding.found == "source \(source), shadow \(shadow)")
        if expected != .pass { #expect(finding.hint != nil && finding.needed != nil) }
        if let fix = finding.fixSQL { try fixture.shadow.query(fix) }
    }

    @Test func withoutAShadowTheSourceAloneIsTold() throws {
        var context = try PreflightFixture().context()
        context.shadow = .notConfigured
        #expect(try Preflight.run(context)["encoding"]?.message == "the source is encoded in UTF8")
    }
}

import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct EncodingCheckTests {
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
            try database.cluster.createDatabase(name, encoding: encoding)
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

    /// Names are found before anything is made, each once, whatever they name.
    @Test func namesThatTheShadowCannotHold() throws {
        let fixture = try PreflightFixture(
            """
            CREATE SCHEMA "größe"; CREATE TYPE "größe".mood AS ENUM ('für', '反対');
            CREATE TABLE "größe"."straße" (id int PRIMARY KEY, "通り" text, m "größe".mood[]);
            CREATE TABLE "大" (id int PRIMARY KEY, d text DEFAULT '10 €');
            COMMENT ON COLUMN "größe"."straße".id IS '1 €'; CREATE TABLE plain (id int PRIMARY KEY)
            """)
        let name = "\(fixture.shadowDatabase.name)_latin"
        try fixture.shadowDatabase.cluster.createDatabase(name, encoding: "LATIN1")
        let report = try Preflight.run(
            fixture.context(shadow: fixture.shadowDatabase.cluster.connect(database: name)))
        let finding = try #require(report["encoding"])
        #expect(finding.status == .fail)
        #expect(finding.message.hasPrefix("LATIN1 lacks characters of "))
        for name in [
            #"table public."大""#, #"column "通り" of "größe"."straße""#, #"default of column d of public."大""#,
            #"index "大_pkey" of public."大""#, #"comment of "größe"."straße""#, #"label '反対' of type "größe".mood"#,
        ] {
            #expect(finding.message.contains(name), "\(finding.message)")
        }
        for name in ["schema", "für", "table \"größe\".\"straße\"", "plain"] {
            #expect(!finding.message.contains(name), "\(finding.message)")
        }
        #expect(finding.hint?.contains("rename") == true)
        try fixture.shadow.query(try #require(finding.fixSQL))
    }

    /// All statements of all checks are read by a server of another encoding.
    @Test(arguments: ["LATIN1", "EUC_JP"]) func allChecksRunOnASourceOfAnotherEncoding(encoding: String) throws {
        let fixture = try PreflightFixture()
        let name = "\(fixture.sourceDatabase.name)_other"
        try fixture.sourceDatabase.cluster.createDatabase(name, encoding: encoding)
        let source = try fixture.sourceDatabase.cluster.connect(database: name)
        let table = encoding == "LATIN1" ? "Größe" : "大きさ"
        try source.query("CREATE TABLE \"\(table)\" (id int); CREATE PUBLICATION pub FOR TABLE \"\(table)\"")
        let report = try Preflight.run(fixture.context(source: source))
        #expect(report["encoding"]?.status == .pass)
        #expect(report["replica_identity"]?.message.contains(table) == true)
    }
}

import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct RowTests {
    private func row(_ sql: String) throws(PostgresError) -> Row {
        try SharedCluster.cluster().connect().query(sql).rows[0]
    }

    @Test func valuesAreReadByTheirTypes() throws {
        let row = try row(
            """
            SELECT 'x' AS s, true AS yes, false AS no, -9223372036854775808 AS small, 9223372036854775807 AS large,
                4294967295::oid AS o, 'FF/10'::pg_lsn AS l, 1.5 AS f, NULL::int AS none,
                ARRAY['a', '', 'b "c" \\ {d,e}', 'NULL', ' €'] AS list, ARRAY[]::text[] AS empty
            """)
        #expect(try row.string("s") == "x")
        #expect(try row.bool("yes") && !row.bool("no"))
        #expect(try row.int("small") == .min && row.int("large") == .max)
        #expect(try row.oid("o") == OID(4_294_967_295))
        #expect(try row.lsn("l") == LSN("FF/10"))
        #expect(try row.optionalDouble("f") == 1.5)
        #expect(try row.optionalInt("none") == nil && row.optionalString("none") == nil)
        #expect(try row.optionalLSN("none") == nil && row.optionalDouble("none") == nil)
        #expect(try row.strings("list") == ["a", "", "b \"c\" \\ {d,e}", "NULL", " €"])
        #expect(try row.strings("empty").isEmpty)
    }

    @Test func aNameStandsInTwoColumns() throws {
        let row = try row("SELECT 'a' AS schema, 'b' AS name, 'c' AS root_schema, 'd' AS root_name")
        #expect(try row.qualifiedName() == QualifiedName(schema: "a", name: "b"))
        #expect(try row.qualifiedName("root") == QualifiedName(schema: "c", name: "d"))
    }

    @Test func namesAreTwoArraysForTheServer() {
        let names = [QualifiedName(schema: "a", name: "b"), QualifiedName(schema: "a", name: "c d")]
        #expect(names.arrays == [ArrayText.text(["a", "a"]), ArrayText.text(["b", "c d"])])
    }

    @Test func whatIsNotOfTheTypeThrows() throws {
        let row = try row(
            """
            SELECT 'x' AS s, '9223372036854775808' AS overflow, '' AS empty, ' 1' AS spaced, '1.0' AS decimal,
                '-1' AS negative, '4294967296' AS wide, 'true' AS word, '1/2/3' AS lsn, ARRAY['a', NULL] AS hole,
                ARRAY[['a'], ['b']] AS deep, '{a' AS open, '[2:2]={a}' AS bounds, NULL::text AS none
            """)
        let readings: [(String, (Row, String) throws(PostgresError) -> Any?)] = [
            ("s", { row, name throws(PostgresError) in try row.int(name) }),
            ("overflow", { row, name throws(PostgresError) in try row.int(name) }),
            ("empty", { row, name throws(PostgresError) in try row.optionalInt(name) }),
            ("spaced", { row, name throws(PostgresError) in try row.int(name) }),
            ("decimal", { row, name throws(PostgresError) in try row.int(name) }),
            ("negative", { row, name throws(PostgresError) in try row.oid(name) }),
            ("wide", { row, name throws(PostgresError) in try row.oid(name) }),
            ("word", { row, name throws(PostgresError) in try row.bool(name) }),
            ("empty", { row, name throws(PostgresError) in try row.bool(name) }),
            ("lsn", { row, name throws(PostgresError) in try row.lsn(name) }),
            ("s", { row, name throws(PostgresError) in try row.optionalDouble(name) }),
            ("hole", { row, name throws(PostgresError) in try row.strings(name) }),
            ("deep", { row, name throws(PostgresError) in try row.strings(name) }),
            ("open", { row, name throws(PostgresError) in try row.strings(name) }),
            ("bounds", { row, name throws(PostgresError) in try row.strings(name) }),
            ("none", { row, name throws(PostgresError) in try row.string(name) }),
            ("none", { row, name throws(PostgresError) in try row.int(name) }),
            ("none", { row, name throws(PostgresError) in try row.bool(name) }),
            ("none", { row, name throws(PostgresError) in try row.oid(name) }),
            ("none", { row, name throws(PostgresError) in try row.lsn(name) }),
            ("none", { row, name throws(PostgresError) in try row.strings(name) }),
            ("missing", { row, name throws(PostgresError) in try row.optionalString(name) }),
            ("missing", { row, name throws(PostgresError) in try row.optionalInt(name) }),
        ]
        for (index, (name, read)) in readings.enumerated() {
            let error = #expect(throws: PostgresError.self, "\(index): \(name)") { _ = try read(row, name) }
            #expect(error?.sqlState == .protocolViolation && error?.message.contains("\"\(name)\"") == true)
        }
    }

    @Test func arraysAreWrittenAsTheServerReadsThem() throws {
        let elements = ["", "a", "NULL", "a,b", "\"", "\\", "{}", " x ", "ü€\n\t", "'"]
        let connection = try SharedCluster.cluster().connect()
        let result = try connection.query(
            "SELECT $1::text[] AS a, cardinality($1::text[]) AS n", [ArrayText.text(elements)])
        #expect(try result.rows[0].strings("a") == elements)
        #expect(try result.rows[0].int("n") == elements.count)
        #expect(ArrayText.text([String]()) == "{}" && ArrayText.strings("{}") == [])
    }

    @Test(arguments: [
        "", "{", "}", "a", "{a", "{a}b", "{a,}", "{,a}x", "{\"a}", "{\"a\"b}", "{a\"", "{NULL}", "{{a}}", "{\"\\",
    ])
    func illFormedArraysAreNone(_ text: String) {
        #expect(ArrayText.strings(text) == nil)
    }
}

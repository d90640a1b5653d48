import Commands
import Foundation
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct VerifyCommandTests {
    private static let schema = """
        CREATE TABLE items (id int PRIMARY KEY, n int DEFAULT 1);
        CREATE INDEX items_n ON items (n);
        CREATE TABLE same (id int PRIMARY KEY);
        COMMENT ON TABLE same IS 'the same';
        """

    /// The shadow is other in two things.
    private static func fixture() throws -> CommandFixture {
        let shadow = try SharedCluster.database(.shadow)
        try shadow.run(Self.schema)
        try shadow.run(
            "DROP INDEX items_n; ALTER TABLE items ALTER n SET DEFAULT 1 + \(Array(repeating: "1", count: 60).joined(separator: " + "))"
        )
        return try CommandFixture(Self.schema, shadow: shadow)
    }

    @Test func rowsCanNotBeComparedYet() throws {
        let error = try #require(try Self.fixture().failure("verify", "items"))
        #expect(error.sqlState == .featureNotSupported)
        #expect(error.message == "rows cannot be compared yet")
        #expect(error.hint?.contains("\\verify --schema") == true)
    }

    @Test func aDifferenceIsShownAndFails() throws {
        let output = try Self.fixture().run("verify", "--schema", "items", "same")
        #expect(!output.succeeded)
        let table = try #require(output.tables.first)
        #expect(table.columns.map(\.name) == ["table or object", "what", "source", "shadow", "meant"])
        #expect(
            table.rows.map { $0[0] } == ["index public.items_n", "table column public.items.n"])
        #expect(table.rows.map { $0[1] } == ["missing", "default"])
        #expect(table.rows[0][2] == "CREATE INDEX items_n ON public.items USING btree (n)")
        #expect(table.rows[0][3] == nil)
        #expect(table.rows[1][3]?.hasSuffix("...") == true && table.rows[1][3]?.count == 60)
        #expect(table.rows.allSatisfy { $0[4] == "no" })
        #expect(output.text.hasSuffix("objects compared: 2 differ, 0 of them meant"))
    }

    @Test func theDocumentHasTheWholeValues() throws {
        let output = try Self.fixture().run("verify", "--schema", "items", "--json")
        let document = try output.json()
        #expect(document["passed"] as? Bool == false)
        #expect(document["copying"] as? Bool == false)
        #expect((document["objects"] as? Int ?? 0) > 4)
        let differences = try #require(document["differences"] as? [[String: Any]])
        #expect(differences.map { $0["identity"] as? String } == ["public.items_n", "public.items.n"])
        #expect(differences.allSatisfy { $0["table"] as? String == "public.items" && $0["meant"] as? Bool == false })
        #expect(differences.allSatisfy { $0["reason"] is NSNull })
        #expect((differences[1]["shadow"] as? String ?? "").count > 200)
    }

    @Test func whatIsTheSamePasses() throws {
        let output = try Self.fixture().run("verify", "--schema", "same")
        #expect(output.succeeded)
        #expect(output.tables.isEmpty)
        #expect(output.text.hasSuffix("objects compared: no difference"))
        #expect(try output.json()["passed"] as? Bool == true)
    }

    @Test func itNeedsAShadowAndTables() throws {
        #expect(try CommandFixture().failure("verify", "--schema")?.message == "no shadow is configured")
        let error = try #require(try Self.fixture().failure("verify", "--schema", "nowhere"))
        #expect(error.sqlState == .undefinedTable)
        let none = try #require(try Self.fixture().failure("verify", "--schema"))
        #expect(none.message.contains("neither a job nor a publication \"pub\""))
    }
}

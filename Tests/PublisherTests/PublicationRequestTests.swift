import Postgres
import Publisher
import Testing

@Suite struct PublicationRequestTests {
    @Test func readsTablesWithColumnsAndConditions() throws {
        let request = try PublicationRequest(
            "orders (id, \"Total\") where (total > 0 and note <> ')') app.*, \"Odd\" WHERE (x = 'a b')")
        guard case .tables(let targets) = request else {
            Issue.record("not tables")
            return
        }
        #expect(targets.map(\.pattern.description) == ["orders", "app.*", "\"Odd\""])
        #expect(targets[0].columns == ["id", "Total"])
        #expect(targets[0].rowFilter == "total > 0 and note <> ')'")
        #expect(targets[1].columns == nil && targets[1].rowFilter == nil)
        #expect(targets[2].columns == nil && targets[2].rowFilter == "x = 'a b'")
    }

    @Test func readsAllAndSchemas() throws {
        #expect(try PublicationRequest(" ALL ") == .allTables)
        guard case .schemas(let schemas) = try PublicationRequest("schema app, \"My S\" x*") else {
            Issue.record("not schemas")
            return
        }
        #expect(schemas.map(\.description) == ["app", "\"My S\"", "x*"])
    }

    @Test(arguments: ["\"all\"", "allow", "\"schema\"", "all.x"])
    func namesThatLookLikeKeywordsAreTables(text: String) throws {
        guard case .tables(let targets) = try PublicationRequest(text) else {
            Issue.record("not tables")
            return
        }
        #expect(targets.count == 1)
    }

    @Test(arguments: [
        "", "all orders", "schema", "orders (", "orders () x", "orders where total > 0", "orders (a*)", "a.b.c",
    ])
    func refuses(text: String) {
        #expect(throws: PostgresError.self) { try PublicationRequest(text) }
    }
}

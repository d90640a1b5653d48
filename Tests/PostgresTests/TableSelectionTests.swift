import Postgres
import Testing

@Suite struct TableSelectionTests {
    @Test func exclusionWins() throws {
        let selection = TableSelection(
            including: [try TablePattern("public.*")], excluding: [try TablePattern("*.audit*")])
        #expect(selection.includes(QualifiedName(schema: "public", name: "users")))
        #expect(!selection.includes(QualifiedName(schema: "public", name: "audit_log")))
        #expect(!selection.includes(QualifiedName(schema: "shop", name: "users")))
    }
}

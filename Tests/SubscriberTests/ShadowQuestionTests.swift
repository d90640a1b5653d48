import Catalog
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Subscriber

@Suite(.blocking) struct ShadowQuestionTests {
    private static let name = QualifiedName(schema: "public", name: "t")

    @Test func anAnswerComesWithoutWaiting() throws {
        let database = try SharedCluster.database(.shadow)
        let session = try Shadow(database.connectionString, as: "test", interrupt: Interrupt())
        try database.run("CREATE TABLE t (id int PRIMARY KEY, v text); CREATE TABLE u (t int REFERENCES t)")
        let table = try #require(try session.table(Self.name))
        #expect(table.columns.map(\.name) == ["id", "v"] && table.columns.map(\.isInPrimaryKey) == [true, false])
        #expect(try session.ask(until: .areReferenced([table.relation])) == .areReferenced(true))
        // The session is free again.
        #expect(try session.relation(Self.name) == table.relation)
    }

    @Test func aRelationWithoutColumnsAndNoneAtAll() throws {
        let database = try SharedCluster.database(.shadow)
        let session = try Shadow(database.connectionString, as: "test", interrupt: Interrupt())
        #expect(try session.table(Self.name) == nil)
        try database.run("CREATE TABLE t ()")
        #expect(try session.table(Self.name)?.columns.isEmpty == true)
        try database.run("CREATE VIEW v AS SELECT 1")
        let view = QualifiedName(schema: "public", name: "v")
        #expect(try session.table(view)?.relation.isTable == false)
    }

    @Test func anAnswerThatIsNotWantedIsDiscarded() throws {
        let database = try SharedCluster.database(.shadow)
        let session = try Shadow(database.connectionString, as: "test", interrupt: Interrupt())
        try session.ask(.table(Self.name))
        session.discardAnswer()
        #expect(try session.relation(Self.name) == nil)
    }
}

extension Shadow {
    /// The answer to a question, waited for.
    func ask(until question: ShadowQuestion) throws(PostgresError) -> ShadowAnswer {
        try ask(question)
        while true {
            if let answer = try answer(to: question) { return answer }
            _ = Wait.poll([(descriptor, false)], interrupt: interrupt, milliseconds: nil)
        }
    }

    func table(_ name: QualifiedName) throws(PostgresError) -> ShadowTable? {
        guard case .table(let table) = try ask(until: .table(name)) else { return nil }
        return table
    }
}

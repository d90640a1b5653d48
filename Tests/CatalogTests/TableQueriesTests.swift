import Catalog
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct TableQueriesTests {
    // Closed before the database is dropped, which waits for its sessions.
    let connection: Connection
    let database: TestDatabase

    init() throws {
        database = try SharedCluster.database()
        connection = try database.connect()
        try connection.query(
            """
            CREATE TABLE users (id int PRIMARY KEY, name text);
            CREATE TABLE "Odd ""Name" (k int NOT NULL, v text);
            CREATE UNIQUE INDEX odd_k ON "Odd ""Name" (k);
            ALTER TABLE "Odd ""Name" REPLICA IDENTITY USING INDEX odd_k;
            CREATE TABLE nokey (a int);
            CREATE TABLE fullkey (a int);
            ALTER TABLE fullkey REPLICA IDENTITY FULL;
            CREATE TABLE nothing (a int PRIMARY KEY);
            ALTER TABLE nothing REPLICA IDENTITY NOTHING;
            CREATE TABLE deferred (a int PRIMARY KEY DEFERRABLE);
            CREATE UNLOGGED TABLE unlogged (a int);
            CREATE TABLE parts (id int, PRIMARY KEY (id)) PARTITION BY RANGE (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
            CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (100) TO (200) PARTITION BY RANGE (id);
            CREATE TABLE parts_2a PARTITION OF parts_2 FOR VALUES FROM (100) TO (200);
            CREATE SCHEMA app;
            CREATE TABLE app.thing (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, x numeric(10,2) NOT NULL);
            CREATE TABLE app.child () INHERITS (app.thing);
            CREATE VIEW seen AS SELECT 1 AS one;
            """)
    }

    private func names(_ pattern: String? = nil, others: Bool = false) throws -> [String] {
        try connection.tables(matching: pattern.map { try TablePattern($0) }, includingOthers: others)
            .map { "\($0.name)" }
    }

    @Test func patternsFindTables() throws {
        #expect(try names("parts*") == ["public.parts", "public.parts_1", "public.parts_2", "public.parts_2a"])
        #expect(try names("parts_?") == ["public.parts_1", "public.parts_2"])
        #expect(try names("\"Odd \"\"Name\"") == ["public.\"Odd \"\"Name\""])
        #expect(try names("USERS") == ["public.users"])
        #expect(try names("thing") == [])
        #expect(try names("app.*") == ["app.child", "app.thing"])
        #expect(try names("*.thing") == ["app.thing"])
        #expect(try names("seen") == [])
        #expect(try names("seen", others: true) == ["public.seen"])
        #expect(try names("pg_catalog.pg_class") == [])
        #expect(try names().count == 13)
    }

    @Test func tablesTellHowRowsAreIdentified() throws {
        let tables = Dictionary(uniqueKeysWithValues: try connection.tables().map { ($0.name.name, $0) })
        func identity(_ name: String) -> [String]? { tables[name]?.identityIndex?.columns }
        #expect(identity("users") == ["id"])
        #expect(identity("Odd \"Name") == ["k"])
        #expect(tables["Odd \"Name"]?.replicaIdentity == .index)
        #expect(tables["Odd \"Name"]?.primaryKey == nil)
        #expect(tables["nokey"]?.identifiesRows == false)
        #expect(tables["fullkey"]?.identifiesRows == true)
        #expect(tables["nothing"]?.identifiesRows == false)
        #expect(tables["deferred"]?.primaryKey?.columns == ["a"])
        #expect(tables["deferred"]?.identifiesRows == false)
        #expect(tables["unlogged"]?.persistence == .unlogged)
        #expect(tables["parts"]?.kind == .partitioned)
        #expect(tables["parts_2a"]?.parent == tables["parts_2"]?.oid)
        #expect(tables["parts_2a"]?.isPartition == true)
        #expect(tables["thing"]?.hasChildren == true)
        #expect(tables["thing"]?.isPartition == false)
        #expect(tables["users"]?.owner == "postgres")
    }

    @Test func theServerAgreesOnIdentities() throws {
        // The server itself is asked: the tables that it refuses to update while published are those that cannot be identified.
        try connection.query("CREATE PUBLICATION everything FOR ALL TABLES")
        for table in try connection.tables() where table.kind == .ordinary && table.persistence == .permanent {
            var isRefused = false
            do throws(PostgresError) {
                try connection.query("DELETE FROM ONLY \(table.name.quoted)")
            } catch {
                isRefused = error.sqlState == .notInPrerequisiteState
            }
            #expect(isRefused == !table.identifiesRows, "\(table.name)")
        }
    }

    @Test func columnsAreReadWithoutDroppedOnes() throws {
        try connection.query("ALTER TABLE users DROP COLUMN name, ADD COLUMN mail text DEFAULT 'x'")
        let users = try connection.tables(named: [TablePattern("users"), TablePattern("app.thing")])
        let columns = try connection.columns(of: users.map(\.oid))
        let first = try #require(columns[users[0].oid])
        #expect(first.map(\.name) == ["id", "mail"])
        #expect(first.map(\.number) == [1, 3])
        #expect(first[0].isNotNull)
        #expect(first[0].type == OID(23))
        let second = try #require(columns[users[1].oid])
        #expect(second[0].identity == .always)
        #expect(second[1].typeName == "numeric(10,2)")
        #expect(second[1].generated == .no)
    }

    @Test func generatedColumnsAreTold() throws {
        guard connection.serverVersion.major >= 12 else { return }
        try connection.query("CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a * 2) STORED)")
        if connection.serverVersion.major >= 18 {
            try connection.query("ALTER TABLE g ADD c int GENERATED ALWAYS AS (a + 1) VIRTUAL")
        }
        let table = try #require(try connection.tables(named: [TablePattern("g")]).first)
        let columns = try #require(try connection.columns(of: [table.oid])[table.oid])
        #expect(columns[1].generated == .stored)
        if columns.count > 2 { #expect(columns[2].generated == .virtual) }
    }

    @Test func sizesTakePartitionsIn() throws {
        try connection.query("INSERT INTO parts SELECT generate_series(0, 149)")
        try connection.query("ANALYZE parts_1; ANALYZE parts_2a; ANALYZE users")
        let tables = try connection.tables(named: [TablePattern("parts"), TablePattern("nokey")])
        let sizes = try connection.sizes(of: tables.map(\.oid))
        #expect(sizes[tables[0].oid]?.estimatedRows == 150)
        #expect((sizes[tables[0].oid]?.totalBytes ?? 0) >= 16384)
        #expect(sizes[tables[1].oid]?.estimatedRows == nil)
        #expect(sizes[tables[1].oid]?.totalBytes == 0)
    }

    @Test func leavesAreThePartitionsThatStoreRows() throws {
        let parts = try #require(try connection.tables(named: [TablePattern("parts")]).first)
        let leaves = try connection.partitionLeaves(of: [parts.oid])[parts.oid] ?? []
        #expect(leaves.map(\.name.name) == ["parts_1", "parts_2a"])
    }

    @Test func indexesTellWhetherTheyIdentify() throws {
        try connection.query("CREATE UNIQUE INDEX partial ON users (name) WHERE name > 'a'")
        let users = try #require(try connection.tables(named: [TablePattern("users")]).first)
        let indexes = try connection.indexes(of: [users.oid])[users.oid] ?? []
        #expect(indexes.map(\.name.name) == ["partial", "users_pkey"])
        #expect(indexes[0].isPartial)
        #expect(!indexes[0].canBeIdentity(notNull: ["name", "id"]))
        #expect(indexes[1].canBeIdentity(notNull: ["id"]))
        #expect(!indexes[1].canBeIdentity(notNull: []))
        #expect(indexes[1].constraint == "users_pkey")
        #expect(indexes[1].definition.hasPrefix("CREATE UNIQUE INDEX users_pkey"))
    }

    @Test func aMissingTableSaysWhereAnotherIs() throws {
        func hint(_ pattern: String) -> String? {
            do throws(PostgresError) {
                _ = try connection.tables(named: [TablePattern(pattern)])
                return nil
            } catch {
                return "\(error.message) · \(error.hint ?? "")"
            }
        }
        #expect(
            hint("thing")
                == "table \"thing\" does not exist · The search path does not show app.thing; write it with its schema."
        )
        #expect(hint("no*")?.hasPrefix("no table matches") == nil)
        #expect(hint("nope*")?.hasPrefix("no table matches \"nope*\"") == true)
        #expect(hint("seen")?.hasPrefix("\"public.seen\" is a view") == true)
        #expect(hint("pg_catalog.pg_class")?.hasPrefix("\"pg_catalog.pg_class\" is a system table") == true)
    }

    @Test func aSelectionTakesPartitionedTablesWhole() throws {
        let all = try connection.tables(selectedBy: TableSelection(including: [.all])).map(\.name.name)
        #expect(all.contains("parts"))
        #expect(!all.contains("parts_1"))
        #expect(!all.contains("unlogged"))
        let some = try connection.tables(
            selectedBy: TableSelection(
                including: [TablePattern("public.*")], excluding: [TablePattern("parts"), TablePattern("no*")]))
        #expect(some.map(\.name.name) == ["Odd \"Name", "deferred", "fullkey", "parts_1", "parts_2", "users"])
    }
}

import Catalog
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct PublicationTests {
    // Closed before the database is dropped, which waits for its sessions.
    let connection: Connection
    let database: TestDatabase

    init() throws {
        database = try SharedCluster.database()
        connection = try database.connect()
        try connection.query(
            """
            CREATE TABLE a (id int PRIMARY KEY, x text, y text);
            CREATE TABLE b (id int PRIMARY KEY);
            CREATE SCHEMA app; CREATE TABLE app.c (id int PRIMARY KEY);
            CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
            """)
    }

    @Test func operationsAreRead() throws {
        try connection.query("CREATE PUBLICATION \"P 1\" FOR TABLE a WITH (publish = 'insert')")
        try connection.query("CREATE PUBLICATION every FOR ALL TABLES")
        let publications = try connection.publications()
        #expect(publications.map(\.name) == ["P 1", "every"])
        #expect(publications[0].inserts && !publications[0].updates && !publications[0].deletes)
        #expect(!publications[0].needsIdentity && publications[1].needsIdentity)
        #expect(publications[1].allTables && publications[1].truncates)
        #expect(publications[1].isOwner && publications[1].owner == "postgres")
        #expect(try connection.publication("P 1") != nil)
        #expect(try connection.publication("p 1") == nil)
    }

    @Test func tablesComeHoweverTheyWerePublished() throws {
        try connection.query("CREATE PUBLICATION every FOR ALL TABLES; CREATE PUBLICATION named FOR TABLE a, b")
        let tables = try connection.publishedTables(of: ["every", "named"])
        #expect(tables["named"]?.map { "\($0.name)" } == ["public.a", "public.b"])
        #expect(tables["every"]?.map { "\($0.name)" } == ["app.c", "public.a", "public.b", "public.parts_1"])
        #expect(try connection.publicationMembers(of: ["every"])["every"] == nil)
        #expect(try connection.publicationMembers(of: ["named"])["named"]?.count == 2)
    }

    @Test func columnListsAndFiltersAreRead() throws {
        guard connection.serverVersion.major >= 15 else { return }
        try connection.query(
            "CREATE PUBLICATION p FOR TABLE a (id, y) WHERE (y > 'm' AND id > 3 AND x = 'q'), b WHERE (id < 9)")
        let sent = try connection.publishedTables(of: ["p"])["p"] ?? []
        #expect(sent[0].columns == ["id", "y"])
        #expect(sent[0].rowFilter?.contains("y > 'm'") == true)
        #expect(sent[1].columns == nil)
        let members = try connection.publicationMembers(of: ["p"])["p"] ?? []
        #expect(members[0].columns == ["id", "y"])
        #expect(members[0].filterColumns == ["x"])
        #expect(members[1].filterColumns == ["id"])
    }

    @Test func schemasAndRootsAreRead() throws {
        guard connection.serverVersion.major >= 15 else { return }
        try connection.query("CREATE PUBLICATION s FOR TABLES IN SCHEMA app")
        try connection.query("CREATE PUBLICATION r FOR TABLE parts WITH (publish_via_partition_root)")
        #expect(try connection.publicationSchemas(of: ["s", "r"]) == ["s": ["app"]])
        let tables = try connection.publishedTables(of: ["s", "r"])
        #expect(tables["s"]?.map { "\($0.name)" } == ["app.c"])
        #expect(tables["r"]?.map { "\($0.name)" } == ["public.parts"])
        #expect(tables["r"]?.first?.kind == .partitioned)
    }
}

import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct ReplicaIdentityCheckTests {
    private func finding(_ fixture: PreflightFixture) throws -> Preflight.Finding {
        try #require(try Preflight.run(fixture.context())["replica_identity"])
    }

    @Test func tablesWithoutIdentityFailWithTheWaysOut() throws {
        let fixture = try PreflightFixture(
            """
            CREATE TABLE nokey (a int);
            CREATE TABLE nothing (a int PRIMARY KEY);
            ALTER TABLE nothing REPLICA IDENTITY NOTHING;
            CREATE TABLE candidate (a int NOT NULL);
            CREATE UNIQUE INDEX "Cand" ON candidate (a);
            """)
        let fault = try finding(fixture)
        #expect(fault.status == .fail)
        #expect(fault.message.contains("public.candidate, public.nokey, public.nothing fail on the source"))
        #expect(fault.found?.contains("public.nothing: REPLICA IDENTITY NOTHING") == true)
        #expect(
            fault.fixSQL == """
                ALTER TABLE "public"."candidate" REPLICA IDENTITY USING INDEX "Cand";
                ALTER TABLE "public"."nokey" REPLICA IDENTITY FULL;
                ALTER TABLE "public"."nothing" REPLICA IDENTITY DEFAULT;
                """)
        try fixture.source.query(try #require(fault.fixSQL))
        let mended = try finding(fixture)
        #expect(mended.status == .warn && mended.message == "REPLICA IDENTITY FULL on public.nokey")
        // As the server sees it.
        try fixture.source.query("CREATE PUBLICATION pub FOR TABLE nokey, nothing, candidate")
        try fixture.source.query("DELETE FROM nokey; DELETE FROM nothing; DELETE FROM candidate")
    }

    @Test func insertsNeedNone() throws {
        let fixture = try PreflightFixture(
            "CREATE TABLE nokey (a int); CREATE PUBLICATION pub FOR TABLE nokey WITH (publish = 'insert')")
        #expect(try finding(fixture).status == .pass)
    }

    @Test func partitionsCountOneByOne() throws {
        let fixture = try PreflightFixture(
            """
            CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (9);
            CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (9) TO (19);
            ALTER TABLE parts_2 REPLICA IDENTITY NOTHING;
            """)
        #expect(try finding(fixture).message.contains("on public.parts_2 fail"))
    }

    @Test func listsAndFiltersStayWithinTheIdentity() throws {
        let fixture = try PreflightFixture("CREATE TABLE t (id int PRIMARY KEY, x text)")
        guard fixture.source.serverVersion.major >= 15 else { return }
        try fixture.source.query("CREATE PUBLICATION pub FOR TABLE t (x)")
        #expect(try finding(fixture).found == "public.t: the column list leaves out columns of the replica identity")
        try fixture.source.query("ALTER PUBLICATION pub SET TABLE t WHERE (x = 'a')")
        #expect(try finding(fixture).found == "public.t: the row filter reads x, which the replica identity lacks")
        try fixture.source.query("ALTER PUBLICATION pub SET TABLE t (id) WHERE (id > 3)")
        #expect(try finding(fixture).status == .pass)
    }
}

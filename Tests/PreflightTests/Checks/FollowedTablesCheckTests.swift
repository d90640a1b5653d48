import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct FollowedTablesCheckTests {
    private func finding(
        _ fixture: PreflightFixture, _ include: [String] = ["*.*"], _ exclude: [String] = []
    ) throws -> Preflight.Finding {
        var context = fixture.context()
        context.selection = try TableSelection(
            including: include == ["*.*"] ? [.all] : include.map { try TablePattern($0) },
            excluding: exclude.map { try TablePattern($0) })
        return try #require(try Preflight.run(context)["followed_tables"])
    }

    @Test func publicationAndSelectionAgree() throws {
        let fixture = try PreflightFixture(
            """
            CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY);
            CREATE PUBLICATION pub FOR TABLE a, b
            """)
        #expect(try finding(fixture).message == "2 tables")
        let lacking = try finding(fixture, ["public.*"])
        #expect(lacking.status == .warn && lacking.fixSQL == "ALTER PUBLICATION \"pub\" ADD TABLE \"public\".\"c\";")
        let left = try finding(fixture, ["*.*"], ["public.b"])
        #expect(left.status == .warn && left.fixSQL == "ALTER PUBLICATION \"pub\" DROP TABLE \"public\".\"b\";")
        try fixture.source.query(try #require(left.fixSQL))
        #expect(try finding(fixture, ["*.*"], ["public.b"]).status == .pass)
        try fixture.source.query(try #require(lacking.fixSQL))
        #expect(try finding(fixture, ["public.a", "public.c"]).status == .pass)
    }

    @Test func partitionsGoWithTheirTable() throws {
        let fixture = try PreflightFixture(
            """
            CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (9);
            """)
        guard fixture.source.serverVersion.major >= 13 else { return }
        try fixture.source.query("CREATE PUBLICATION pub FOR TABLE parts")
        #expect(try finding(fixture, ["public.parts*"]).status == .pass)
        try fixture.source.query("ALTER PUBLICATION pub SET (publish_via_partition_root)")
        #expect(try finding(fixture, ["public.parts*"]).status == .pass)
    }

    @Test func whatIsNeverCarriedIsListed() throws {
        let fixture = try PreflightFixture(
            """
            CREATE TABLE a (id int PRIMARY KEY); CREATE UNLOGGED TABLE u (id int PRIMARY KEY);
            CREATE MATERIALIZED VIEW m AS SELECT 1; CREATE MATERIALIZED VIEW n AS SELECT 1; SELECT lo_create(0)
            """)
        let finding = try finding(fixture)
        #expect(
            finding.message
                == "1 table; not followed: 1 large object, 2 materialized views (public.m, public.n), "
                + "1 unlogged table (public.u)")
    }
}

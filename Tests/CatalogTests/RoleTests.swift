import Catalog
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct RoleTests {
    @Test func aSuperuserMayReplicate() throws {
        let role = try SharedCluster.cluster().connect().role()
        #expect(role.isSuperuser && role.mayReplicate && role.bypassesRowSecurity)
        #expect(role.memberships == ["postgres"])
    }

    @Test func replicationComesByAttributeOrByAmazonsRole() throws {
        // Roles belong to the whole server: one of its own.
        let cluster = try LocalCluster(.source)
        try cluster.start()
        try cluster.run(
            """
            CREATE ROLE plain LOGIN; CREATE ROLE repl LOGIN REPLICATION;
            CREATE ROLE rds_replication; CREATE ROLE team; GRANT rds_replication TO team;
            CREATE ROLE amazon LOGIN; GRANT team TO amazon; CREATE ROLE heir LOGIN; GRANT repl TO heir;
            """)
        #expect(try !cluster.connect(user: "plain").role().mayReplicate)
        #expect(try cluster.connect(user: "repl").role().mayReplicate)
        #expect(try cluster.connect(user: "amazon").role().mayReplicate)
        #expect(try cluster.connect(user: "amazon").role().memberships == ["amazon", "rds_replication", "team"])
        // The attribute is not inherited.
        #expect(try !cluster.connect(user: "heir").role().mayReplicate)
    }
}

import Postgres
import Publisher
import Testing

/// What each change of the source says, with names that need their quotes.
@Suite struct SourceFixTests {
    private static let table = QualifiedName(schema: "app", name: "o'r\"x")

    @Test(arguments: [
        (SourceFix.setting("wal_level", value: "logical"), "ALTER SYSTEM SET wal_level = 'logical';"),
        (.reload, "SELECT pg_reload_conf();"),
        (.replication(role: "o'r\"x", through: nil), "ALTER ROLE \"o'r\"\"x\" REPLICATION;"),
        (.replication(role: "o'r\"x", through: "rds_replication"), "GRANT \"rds_replication\" TO \"o'r\"\"x\";"),
        (.membership(in: "pg_read_all_stats", role: "r"), "GRANT \"pg_read_all_stats\" TO \"r\";"),
        (.bypassOfRowSecurity(role: "r"), "ALTER ROLE \"r\" BYPASSRLS;"),
        (.usage(schema: "A", role: "r"), "GRANT USAGE ON SCHEMA \"A\" TO \"r\";"),
        (.select(table: table, role: "r"), "GRANT SELECT ON TABLE \"app\".\"o'r\"\"x\" TO \"r\";"),
        (.selectSequence(table, role: "r"), "GRANT SELECT ON SEQUENCE \"app\".\"o'r\"\"x\" TO \"r\";"),
        (
            .readingOfControlFile(role: "r"),
            "GRANT EXECUTE ON FUNCTION pg_control_system(), pg_control_checkpoint() TO \"r\";"
        ),
        (.replicaIdentity(table, .primaryKey), "ALTER TABLE \"app\".\"o'r\"\"x\" REPLICA IDENTITY DEFAULT;"),
        (
            .replicaIdentity(table, .index("I")),
            "ALTER TABLE \"app\".\"o'r\"\"x\" REPLICA IDENTITY USING INDEX \"I\";"
        ),
        (.replicaIdentity(table, .wholeRow), "ALTER TABLE \"app\".\"o'r\"\"x\" REPLICA IDENTITY FULL;"),
        (
            .createPublication("p", tables: [table, table]),
            "CREATE PUBLICATION \"p\" FOR TABLE \"app\".\"o'r\"\"x\", \"app\".\"o'r\"\"x\";"
        ),
        (.addTables([table], publication: "p"), "ALTER PUBLICATION \"p\" ADD TABLE \"app\".\"o'r\"\"x\";"),
        (.removeTables([table], publication: "p"), "ALTER PUBLICATION \"p\" DROP TABLE \"app\".\"o'r\"\"x\";"),
        (
            .operations(["insert", "update"], publication: "p"),
            "ALTER PUBLICATION \"p\" SET (publish = 'insert, update');"
        ),
        (
            .partitionsAsThemselves(publication: "p"),
            "ALTER PUBLICATION \"p\" SET (publish_via_partition_root = false);"
        ),
        (.writing(.reload), "BEGIN READ WRITE; SELECT pg_reload_conf(); COMMIT;"),
    ])
    func itsStatement(_ fix: SourceFix, _ statement: String) { #expect(fix.statement == statement) }
}

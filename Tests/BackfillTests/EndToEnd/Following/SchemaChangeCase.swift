import Testing

/// A change of the source's schema while it is followed, and what must become of the shadow's table: that both sides end equal
/// goes without saying.
struct SchemaChangeCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// The oldest version of both servers that knows what it uses.
    var since = 10
    let setup: String
    /// Statements, each a transaction of its own unless it says otherwise.
    let change: [String]
    /// What the job records: `table: action`, in the order of the names.
    let actions: [String]

    var testDescription: String { name }
}

extension SchemaChangeCase {
    private static let t =
        "CREATE TABLE t (id int PRIMARY KEY, c int, v text); INSERT INTO t SELECT g, g, 'v' || g FROM generate_series(1, 20) g;"

    /// The rows stay.
    static let followed: [SchemaChangeCase] = [
        SchemaChangeCase(
            name: "ADD COLUMN", setup: t,
            change: ["ALTER TABLE t ADD COLUMN n int", "INSERT INTO t VALUES (100, 1, 'x', 2)"],
            actions: ["t: followed"]),
        SchemaChangeCase(
            name: "ADD COLUMN with a default", since: 11, setup: t,
            change: [
                "ALTER TABLE t ADD COLUMN n numeric(6, 2) DEFAULT 5.5, ADD COLUMN a text[] DEFAULT '{\"x,y\",z}'",
                "ALTER TABLE t ALTER COLUMN n SET DEFAULT 6", "INSERT INTO t (id) VALUES (100)",
                "UPDATE t SET n = 1 WHERE id = 3",
            ], actions: ["t: followed"]),
        SchemaChangeCase(
            name: "ADD COLUMN with now() and NOT NULL", since: 11, setup: t,
            change: [
                "ALTER TABLE t ADD COLUMN at timestamptz NOT NULL DEFAULT now(), ADD COLUMN b bytea DEFAULT '\\x0001'",
                "INSERT INTO t (id) VALUES (100)",
            ], actions: ["t: followed"]),
        SchemaChangeCase(
            name: "ADD COLUMN without a row after it", since: 11, setup: t,
            change: ["ALTER TABLE t ADD COLUMN n int DEFAULT 7"], actions: ["t: followed"]),
        SchemaChangeCase(
            name: "DROP COLUMN", setup: t,
            change: [
                "ALTER TABLE t ALTER COLUMN c SET NOT NULL", "ALTER TABLE t DROP COLUMN c",
                "INSERT INTO t VALUES (100, 'x')",
            ],
            actions: ["t: followed"]),
        SchemaChangeCase(
            name: "RENAME COLUMN", setup: t,
            change: ["ALTER TABLE t RENAME COLUMN v TO \"Val ue\"", "UPDATE t SET \"Val ue\" = 'y' WHERE id = 1"],
            actions: ["t: followed"]),
        SchemaChangeCase(
            name: "a wider type without a rewrite",
            setup:
                "CREATE TABLE t (id int PRIMARY KEY, a varchar(5), b numeric(4, 1), c timestamp(0)); INSERT INTO t VALUES (1, 'abc', 1.5, '2024-01-01')",
            change: [
                "ALTER TABLE t ALTER COLUMN a TYPE text, ALTER COLUMN b TYPE numeric(8, 1), ALTER COLUMN c TYPE timestamp(6)",
                "INSERT INTO t VALUES (2, 'abcdefgh', 12345.6, '2024-01-01 10:00:00.123456')",
            ], actions: ["t: followed"]),
        SchemaChangeCase(
            name: "defaults and NOT NULL", setup: t,
            change: [
                "ALTER TABLE t ALTER COLUMN c SET DEFAULT 9, ALTER COLUMN v SET NOT NULL",
                "INSERT INTO t (id, v) VALUES (100, 'x')",
                "ALTER TABLE t ALTER COLUMN v DROP NOT NULL", "INSERT INTO t (id) VALUES (101)",
            ], actions: ["t: followed"]),
        SchemaChangeCase(
            name: "constraints and indexes come and go",
            setup:
                "CREATE TABLE t (id int PRIMARY KEY, c int CONSTRAINT low CHECK (c < 10) UNIQUE); CREATE INDEX old ON t (c); INSERT INTO t VALUES (1, 1)",
            change: [
                "ALTER TABLE t DROP CONSTRAINT low, DROP CONSTRAINT t_c_key", "DROP INDEX old",
                "INSERT INTO t VALUES (2, 50), (3, 50)",
                "ALTER TABLE t ADD CONSTRAINT high CHECK (c < 100)", "CREATE INDEX new ON t (c DESC)",
            ], actions: ["t: followed"]),
        SchemaChangeCase(
            name: "two tables swap names",
            setup: """
                CREATE TABLE a (id int PRIMARY KEY, v text); INSERT INTO a SELECT g, 'old' || g FROM generate_series(1, 50) g;
                CREATE TABLE a_new (id int PRIMARY KEY, v text); INSERT INTO a_new SELECT g, 'new' || g FROM generate_series(1, 30) g;
                """,
            change: [
                "BEGIN; ALTER TABLE a RENAME TO a_old; ALTER TABLE a_new RENAME TO a; COMMIT",
                "UPDATE a SET v = v || '!' WHERE id = 1", "INSERT INTO a VALUES (500, 'after')",
                "DELETE FROM a WHERE id = 2",
            ], actions: ["a: followed", "a_old: followed"]),
        SchemaChangeCase(
            name: "tables and a schema are renamed, and one moved",
            setup: """
                CREATE SCHEMA app; CREATE SCHEMA other;
                CREATE TABLE app.t (id serial PRIMARY KEY, v text); INSERT INTO app.t (v) SELECT 'v' || g FROM generate_series(1, 20) g;
                CREATE TABLE app.m (id int PRIMARY KEY, v text, tid int REFERENCES app.t); INSERT INTO app.m SELECT g, 'm' || g, g FROM generate_series(1, 20) g;
                CREATE TABLE app.ren (id int PRIMARY KEY, v text UNIQUE); INSERT INTO app.ren VALUES (1, 'x'); CREATE INDEX m_v ON app.m (v);
                """,
            change: [
                "ALTER TABLE app.ren RENAME TO renamed; INSERT INTO app.renamed VALUES (2, 'y')",
                "ALTER TABLE app.m SET SCHEMA other; INSERT INTO other.m VALUES (100, 'mm', 1)",
                "ALTER SCHEMA app RENAME TO app2; INSERT INTO app2.t (v) VALUES ('z')",
            ], actions: ["m: followed", "renamed: followed", "t: followed"]),
    ]

    /// No row is touched, and none is copied.
    static let kept: [SchemaChangeCase] = [
        SchemaChangeCase(
            name: "VACUUM FULL", setup: t, change: ["VACUUM FULL t", "INSERT INTO t VALUES (100)"], actions: []),
        SchemaChangeCase(
            name: "CLUSTER", setup: t, change: ["CLUSTER t USING t_pkey", "DELETE FROM t WHERE id = 5"],
            actions: ["t: followed"]),
        SchemaChangeCase(
            name: "TRUNCATE", setup: t, change: ["TRUNCATE t", "INSERT INTO t VALUES (100)"], actions: []),
        SchemaChangeCase(
            name: "TRUNCATE and VACUUM FULL, and no row", setup: t, change: ["TRUNCATE t", "VACUUM FULL t"],
            actions: ["t: copied again"]),
    ]

    /// What the rows hold now is not proven.
    static let copied: [SchemaChangeCase] = [
        SchemaChangeCase(
            name: "a rewrite that changes values", setup: t,
            change: [
                "ALTER TABLE t ALTER COLUMN c TYPE bigint USING c + 1", "INSERT INTO t VALUES (100, 5000000000, 'x')",
            ],
            actions: ["t: copied again"]),
        SchemaChangeCase(
            name: "a rewrite that changes values of the same type", setup: t,
            change: ["ALTER TABLE t ALTER COLUMN c TYPE int USING c + 1"], actions: ["t: copied again"]),
        SchemaChangeCase(
            name: "a volatile default", setup: t,
            change: [
                "ALTER TABLE t ADD COLUMN u uuid DEFAULT md5(random()::text)::uuid", "INSERT INTO t (id) VALUES (100)",
            ],
            actions: ["t: copied again"]),
        SchemaChangeCase(
            name: "a serial column", setup: t,
            change: ["ALTER TABLE t ADD COLUMN s serial", "INSERT INTO t (id) VALUES (100)"],
            actions: ["t: copied again"]),
        SchemaChangeCase(
            name: "a column made anew under its name", setup: t,
            change: [
                "BEGIN; ALTER TABLE t DROP COLUMN v; ALTER TABLE t ADD COLUMN v text DEFAULT 'new'; COMMIT",
                "INSERT INTO t VALUES (100, 1, 'x')",
            ], actions: ["t: copied again"]),
        SchemaChangeCase(
            name: "two columns swap names",
            setup:
                "CREATE TABLE t (id int PRIMARY KEY, a text, b text); INSERT INTO t SELECT g, 'a' || g, 'b' || g FROM generate_series(1, 20) g",
            change: [
                "BEGIN; ALTER TABLE t RENAME a TO x; ALTER TABLE t RENAME b TO a; ALTER TABLE t RENAME x TO b; COMMIT",
                "INSERT INTO t (id, a, b) VALUES (100, 'A', 'B')", "UPDATE t SET a = 'aa' WHERE id = 1",
            ], actions: ["t: copied again"]),
        SchemaChangeCase(
            name: "SET UNLOGGED and SET LOGGED", setup: t,
            change: [
                "ALTER TABLE t SET UNLOGGED", "INSERT INTO t SELECT g, g, 'bulk' FROM generate_series(1001, 1100) g",
                "UPDATE t SET v = 'u' WHERE id = 1", "ALTER TABLE t SET LOGGED",
                "INSERT INTO t VALUES (5000, 1, 'after')",
            ], actions: ["t: copied again"]),
        SchemaChangeCase(
            name: "more digits and wider types",
            setup: """
                CREATE TABLE n (id int PRIMARY KEY, amount numeric(10, 2), at timestamp(0), r real, d date, t time(0), i interval hour to minute);
                INSERT INTO n VALUES (1, 1.25, '2024-01-01 10:00:00', 1.5, '2024-01-01', '10:00', '1 hour');
                """,
            change: [
                "ALTER TABLE n ALTER amount TYPE numeric(12, 4)", "ALTER TABLE n ALTER at TYPE timestamp(6)",
                "ALTER TABLE n ALTER r TYPE double precision", "ALTER TABLE n ALTER d TYPE timestamp",
                "ALTER TABLE n ALTER t TYPE time(6)",
                "ALTER TABLE n ALTER i TYPE interval",
                "INSERT INTO n VALUES (2, 1.2345, '2024-01-01 10:00:00.123456', 1.23456789012, '2024-01-02 13:14:15', '10:00:00.5', '1 hour 2 min 3 sec')",
                "UPDATE n SET amount = 7.7777 WHERE id = 1",
            ], actions: ["n: copied again"]),
        SchemaChangeCase(
            name: "a table dropped and created anew", setup: t,
            change: [
                "BEGIN; DROP TABLE t; CREATE TABLE t (id int PRIMARY KEY, w text); INSERT INTO t VALUES (1, 'w'); COMMIT",
                "INSERT INTO t VALUES (2, 'x')",
            ], actions: ["t: copied again"]),
        SchemaChangeCase(
            name: "DROP EXPRESSION", since: 13,
            setup:
                "CREATE TABLE t (id int PRIMARY KEY, a int, d int GENERATED ALWAYS AS (a * 2) STORED); INSERT INTO t VALUES (1, 1), (2, 2)",
            change: [
                "ALTER TABLE t ALTER COLUMN d DROP EXPRESSION", "INSERT INTO t VALUES (3, 3, 99)",
                "UPDATE t SET d = 5 WHERE id = 1",
            ],
            actions: ["t: copied again"]),
    ]
}

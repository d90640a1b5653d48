import Libpq
import LocalCluster
import Postgres

/// Compares all rows of all ordinary tables of the source with the shadow's.
struct Comparison {
    private(set) var tables = 0
    private(set) var rows = 0
    /// A line for each table that differs.
    private(set) var differences: [String] = []

    init(_ job: TestJob) throws(PostgresError) {
        let list = try job.source.connect(database: "shop").query(
            """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND c.relpersistence = 'p'
               AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'scry_backfill') ORDER BY 1, 2
            """)
        for row in list.rows {
            let name = QualifiedName(schema: try row.string("nspname"), name: try row.string("relname"))
            // Floats as what they are: 11 writes them otherwise than later versions.
            let text = """
                SET array_nulls = on; SET extra_float_digits = -3; SET timezone = 'UTC'; SET datestyle = ISO; SET intervalstyle = postgres;
                SELECT t::text AS row, md5(t::text) FROM ONLY \(name.quoted) t ORDER BY t::text COLLATE "C"
                """
            let both = try job.both(text)
            tables += 1
            rows += both.source.count
            guard both.source != both.shadow else { continue }
            let source = Set(both.source.map { $0[0] ?? "" })
            let shadow = Set(both.shadow.map { $0[0] ?? "" })
            let examples = [source.subtracting(shadow).sorted().first, shadow.subtracting(source).sorted().first].map {
                $0.map { String($0.prefix(300)) } ?? "-"
            }
            differences.append(
                "\(name): \(both.source.count) rows, \(both.shadow.count) in the shadow; only in the source: \(examples[0]); only in the shadow: \(examples[1])"
            )
        }
    }
}

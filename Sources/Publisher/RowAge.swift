public import Catalog
internal import Libpq
public import Postgres

extension Source {
    /// Whether a table holds a row that was written before a shape of it was read: the forms of ALTER TABLE that may change values,
    /// SET LOGGED among them, write every row as new (ATRewriteTable in tablecmds.c), VACUUM FULL and CLUSTER keep who wrote it
    /// (rewrite_heap_tuple in rewriteheap.c). Reads a few thousand rows at most.
    public func holdsRows(of table: QualifiedName, olderThan shape: TableShape) throws(PostgresError) -> Bool {
        // Numbers of transactions are compared in a circle of 2^32: one that is half of it away has no age.
        let result = try connection.query(
            """
            SELECT pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()) - \(shape.horizon) < 2000000000
                   AND EXISTS (SELECT FROM (SELECT t.xmin FROM ONLY \(table.quoted) AS t LIMIT 10000) AS r
                                WHERE pg_catalog.age(r.xmin) > pg_catalog.age('\(shape.horizon % 4_294_967_296)'::pg_catalog.xid)) AS holds
            """)
        return try result.rows.first?.bool("holds") ?? false
    }
}

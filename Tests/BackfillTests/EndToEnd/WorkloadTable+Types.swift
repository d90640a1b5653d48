extension WorkloadTable {
    /// Every way to say which row was changed but a primary key.
    static let identities = [
        WorkloadTable(
            name: "duplicates",
            create:
                "CREATE TABLE duplicates (a int, b text, c float8, d json, e point, f char(3), g bpchar); ALTER TABLE duplicates REPLICA IDENTITY FULL",
            insert:
                "INSERT INTO duplicates SELECT i % 5, odd_text(i % 20), '-0', '{\"k\" :  1}', '(1,-0)', 'x', CASE WHEN i % 2 = 0 THEN 'x' ELSE 'x ' END FROM generate_series({lo}, {hi}) i",
            changes: [
                "UPDATE duplicates SET b = '{r}' WHERE ctid IN (SELECT ctid FROM duplicates WHERE a = {r} % 5 LIMIT 3)",
                "UPDATE duplicates SET c = NULLIF(c * -1, 'NaN') WHERE ctid IN (SELECT ctid FROM duplicates LIMIT 5)",
                "UPDATE duplicates SET e = NULL, d = '{}' WHERE ctid IN (SELECT ctid FROM duplicates WHERE g = 'x' LIMIT 2)",
                "DELETE FROM duplicates WHERE ctid IN (SELECT ctid FROM duplicates WHERE a = {r} % 5 LIMIT 4)",
            ]),
        WorkloadTable(
            name: "numbers",
            create:
                "CREATE TABLE numbers (a numeric, b float4, c float8, d interval, e float8[], f money, g pair); ALTER TABLE numbers REPLICA IDENTITY FULL",
            insert: """
                INSERT INTO numbers SELECT (ARRAY['1.0', '1.00', 'NaN', '0', '1e-20', NULL])[1 + i % 6]::numeric,
                  (ARRAY['NaN', '-0', '0', '0.1', '3e38'])[1 + i % 5]::float4, (ARRAY['NaN', '-0', '0', '0.1', '1e300', '-Infinity'])[1 + i % 6]::float8,
                  (ARRAY['1 day', '24:00:00', '1 mon -1 day', NULL])[1 + i % 4]::interval, '{0.3,-0,NULL}', i % 3, CASE WHEN i % 2 = 0 THEN ROW(NULL, NULL, NULL)::pair END
                  FROM generate_series({lo}, {hi}) i
                """,
            changes: [
                "UPDATE numbers SET a = '{r}.50' WHERE ctid IN (SELECT ctid FROM numbers WHERE a = 1 LIMIT 3)",
                "UPDATE numbers SET d = '36:00' WHERE ctid IN (SELECT ctid FROM numbers WHERE d = '1 day' LIMIT 1)",
                "UPDATE numbers SET b = 0 WHERE ctid IN (SELECT ctid FROM numbers WHERE c = 0 LIMIT 2)",
                "DELETE FROM numbers WHERE ctid IN (SELECT ctid FROM numbers WHERE g IS NULL LIMIT 4)",
            ]),
        WorkloadTable(
            name: "full_keyed",
            create:
                "CREATE TABLE full_keyed (id int PRIMARY KEY, note text, big text); ALTER TABLE full_keyed REPLICA IDENTITY FULL; ALTER TABLE full_keyed ALTER big SET STORAGE EXTERNAL",
            insert:
                "INSERT INTO full_keyed SELECT i, odd_text(i), long_text(i) FROM generate_series({lo}, {hi}) i ON CONFLICT DO NOTHING",
            changes: [
                "UPDATE full_keyed SET note = '{r}' WHERE id BETWEEN {lo} AND {hi}",
                "UPDATE full_keyed SET id = id + 100000 WHERE id BETWEEN {lo} AND {lo} + 3",
                "DELETE FROM full_keyed WHERE id BETWEEN {lo} AND {hi}",
            ]),
        WorkloadTable(
            name: "full_unkeyed_big",
            create:
                "CREATE TABLE full_unkeyed_big (id int, note text, big text); ALTER TABLE full_unkeyed_big REPLICA IDENTITY FULL; ALTER TABLE full_unkeyed_big ALTER big SET STORAGE EXTERNAL",
            insert:
                "INSERT INTO full_unkeyed_big SELECT i, odd_text(i), long_text(i) FROM generate_series({lo}, {lo} + 10) i",
            changes: [
                "UPDATE full_unkeyed_big SET note = '{r}' WHERE id BETWEEN {lo} AND {lo} + 5",
                "DELETE FROM full_unkeyed_big WHERE id BETWEEN {lo} AND {hi}",
            ], first: 100),
        WorkloadTable(
            name: "by_index",
            create:
                "CREATE TABLE by_index (v text, code text NOT NULL, region int NOT NULL); CREATE UNIQUE INDEX by_index_code ON by_index (region, code); ALTER TABLE by_index REPLICA IDENTITY USING INDEX by_index_code",
            insert:
                "INSERT INTO by_index SELECT odd_text(i), coalesce(odd_text(i), 'null') || i, i % 9 FROM generate_series({lo}, {hi}) i ON CONFLICT DO NOTHING",
            changes: [
                "UPDATE by_index SET v = NULL WHERE region = {r} % 9 AND code LIKE '%{r}'",
                "UPDATE by_index SET v = 'v{r}' WHERE (region, code) IN (SELECT region, code FROM by_index WHERE region = {r} % 9 ORDER BY code LIMIT 9)",
                "UPDATE by_index SET region = region + 9 WHERE code IN (SELECT code FROM by_index ORDER BY code LIMIT 3)",
                "DELETE FROM by_index WHERE code IN (SELECT code FROM by_index ORDER BY code DESC LIMIT 5)",
            ]),
    ]

    static let partitioned = [
        WorkloadTable(
            name: "parted",
            create: """
                CREATE TABLE parted (id int, at date, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
                CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
                CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
                CREATE TABLE parted_rest PARTITION OF parted DEFAULT
                """,
            insert:
                "INSERT INTO parted SELECT i, date '2020-01-01' + i % 900, odd_text(i) FROM generate_series({lo}, {hi}) i ON CONFLICT DO NOTHING",
            changes: [
                "UPDATE parted SET at = date '2020-01-01' + {r} % 900 WHERE id BETWEEN {lo} AND {lo} + 5",
                "UPDATE parted SET note = '{r}' WHERE id BETWEEN {lo} AND {hi}",
                "DELETE FROM parted WHERE id BETWEEN {lo} AND {hi}",
            ]),
        WorkloadTable(
            name: "by_region",
            create: """
                CREATE TABLE by_region (region text, id int, v pair) PARTITION BY LIST (region);
                CREATE TABLE "Region N" PARTITION OF by_region FOR VALUES IN ('n') PARTITION BY RANGE (id);
                CREATE TABLE region_n_low PARTITION OF "Region N" FOR VALUES FROM (MINVALUE) TO (500);
                CREATE TABLE region_n_high PARTITION OF "Region N" FOR VALUES FROM (500) TO (MAXVALUE);
                CREATE TABLE region_s PARTITION OF by_region FOR VALUES IN ('s', NULL);
                ALTER TABLE region_n_low REPLICA IDENTITY FULL; ALTER TABLE region_n_high REPLICA IDENTITY FULL;
                ALTER TABLE region_s REPLICA IDENTITY FULL
                """,
            insert:
                "INSERT INTO by_region SELECT CASE i % 3 WHEN 0 THEN 'n' WHEN 1 THEN 's' END, i, ROW(i, odd_text(i), 1.50)::pair FROM generate_series({lo}, {hi}) i",
            changes: [
                "UPDATE by_region SET region = 'n' WHERE id BETWEEN {lo} AND {lo} + 4",
                "UPDATE by_region SET v = NULL WHERE id BETWEEN {lo} AND {lo} + 4",
                "DELETE FROM by_region WHERE id BETWEEN {lo} AND {hi}",
            ], first: 200),
        WorkloadTable(
            name: "by_hash",
            create: """
                CREATE TABLE by_hash (id uuid PRIMARY KEY, n int) PARTITION BY HASH (id);
                CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 1)
                """,
            insert:
                "INSERT INTO by_hash SELECT md5(i::text)::uuid, i FROM generate_series({lo}, {hi}) i ON CONFLICT DO NOTHING",
            changes: [
                "UPDATE by_hash SET n = {r} WHERE n BETWEEN {lo} AND {hi}",
                "UPDATE by_hash SET id = md5('{r}')::uuid WHERE n = {lo}",
                "DELETE FROM by_hash WHERE n BETWEEN {lo} AND {hi}",
            ]),
    ]

    /// Types, a table for each kind.
    static let typed = [
        WorkloadTable(
            name: "moments",
            create:
                "CREATE TABLE moments (id uuid PRIMARY KEY, n int, a timestamptz, b timestamp, c date, d time, e timetz, f interval)",
            insert: """
                INSERT INTO moments SELECT md5(i::text)::uuid, i, CASE WHEN i % 9 = 0 THEN 'infinity' ELSE timestamptz '2020-01-01 00:00:00.123456+05' + i * interval '1 s' END,
                  CASE WHEN i % 8 = 0 THEN '0044-03-15 BC'::timestamp ELSE '1999-12-31 23:59:59.999999' END, '-infinity', '24:00', '12:00:00.5-03:30', i * interval '1 mon -3 days 00:00:00.1'
                  FROM generate_series({lo}, {hi}) i ON CONFLICT DO NOTHING
                """,
            changes: [
                "UPDATE moments SET f = -f, a = clock_timestamp() WHERE n BETWEEN {lo} AND {hi}",
                "DELETE FROM moments WHERE n BETWEEN {lo} AND {hi}",
            ]),
        WorkloadTable(
            name: "binaries",
            create:
                "CREATE TABLE binaries (id int PRIMARY KEY, a bytea, b bit(5), c varbit, d inet, e cidr, f macaddr, g \"char\", h bool)",
            insert: """
                INSERT INTO binaries SELECT i, decode(long_text(i), 'hex') || '\\x00', (i % 32)::bit(5), B'101', ('10.0.0.' || i % 256)::inet, '2001:db8::/32', '08:00:2b:01:02:03',
                  chr(33 + i % 90)::"char", i % 2 = 0 FROM generate_series({lo}, {hi}) i ON CONFLICT DO NOTHING
                """,
            changes: [
                "UPDATE binaries SET h = NOT h WHERE id BETWEEN {lo} AND {hi}",
                "UPDATE binaries SET a = '' WHERE id BETWEEN {lo} AND {lo} + 3",
                "DELETE FROM binaries WHERE id BETWEEN {lo} AND {hi}",
            ]),
        WorkloadTable(
            name: "ranges",
            create: "CREATE TABLE ranges (r int4range PRIMARY KEY, n numrange, t tstzrange, d daterange[])",
            insert:
                "INSERT INTO ranges SELECT int4range(i, i + 10), numrange(i, NULL, '(]'), 'empty', ARRAY[daterange('2020-01-01', NULL), NULL] FROM generate_series({lo}, {hi}) i ON CONFLICT DO NOTHING",
            changes: [
                "UPDATE ranges SET n = numrange(-{r}, {r}) WHERE r <@ int4range({lo}, {hi} + 10)",
                "UPDATE ranges SET r = int4range(lower(r), upper(r) + 1) WHERE r <@ int4range({lo}, {lo} + 13)",
                "DELETE FROM ranges WHERE r <@ int4range({lo}, {hi})",
            ]),
        WorkloadTable(
            name: "shapes",
            create:
                "CREATE TABLE shapes (id int, p point, b box, c circle, g polygon, l line, s lseg, w path); ALTER TABLE shapes REPLICA IDENTITY FULL",
            insert:
                "INSERT INTO shapes SELECT i % 50, point(i, -i), box(point(0, 0), point(i, 1)), circle(point(i, 0), 1.5), '((0,0),(1,1),(2,0))', '{1,-1,0}', '[(0,0),(1,1)]', '[(0,0),(1,1)]' FROM generate_series({lo}, {hi}) i",
            changes: [
                "UPDATE shapes SET p = point({r}, 0.5) WHERE ctid IN (SELECT ctid FROM shapes WHERE id = {r} % 50 LIMIT 2)",
                "DELETE FROM shapes WHERE ctid IN (SELECT ctid FROM shapes WHERE id = {r} % 50 LIMIT 2)",
            ], first: 200),
        WorkloadTable(
            name: "texts",
            create:
                "CREATE TABLE texts (k text PRIMARY KEY, i int, v varchar(40), c char(5), n name, doc json, s tsvector, x text COLLATE \"C\")",
            insert:
                "INSERT INTO texts SELECT coalesce(odd_text(i), '') || i, i, odd_text(i), 'é', odd_text(i)::name, json_build_object('a', odd_text(i), 'a', i), to_tsvector('simple', odd_text(i)), '' FROM generate_series({lo}, {hi}) i ON CONFLICT DO NOTHING",
            changes: [
                "UPDATE texts SET k = k || 'é' WHERE i BETWEEN {lo} AND {lo} + 5 AND length(k) < 100",
                "UPDATE texts SET v = NULL, doc = '[1,  2]' WHERE i BETWEEN {lo} AND {hi}",
                "DELETE FROM texts WHERE i BETWEEN {lo} AND {hi}",
            ]),
        WorkloadTable(
            name: "arrays",
            create:
                "CREATE TABLE arrays (id numeric PRIMARY KEY, a int[], b text[], c mood[], d pair[], e positive[], f jsonb[])",
            insert: """
                INSERT INTO arrays SELECT i / 4.0, '[0:1][1:2]={{1,NULL},{3,4}}', ARRAY[odd_text(i), 'NULL', NULL], enum_range(NULL::mood), ARRAY[ROW(1, odd_text(i), 2.50)::pair, NULL], '{}', ARRAY['{"a":"\\\\"}'::jsonb]
                  FROM generate_series({lo}, {hi}) i ON CONFLICT DO NOTHING
                """,
            changes: [
                "UPDATE arrays SET b = b || odd_text({r}) WHERE id BETWEEN {lo} AND {lo} + 5",
                "UPDATE arrays SET e = ARRAY[1 + {r}]::positive[] WHERE id BETWEEN {lo} AND {hi}",
                "DELETE FROM arrays WHERE id BETWEEN {lo} AND {hi}",
            ]),
    ]
}

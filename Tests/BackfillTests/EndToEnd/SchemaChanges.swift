/// Changes made in the shadow by hand, each with all differences that it makes.
struct SchemaChange {
    let statement: String
    let differences: [String]
    /// The version of both servers that it needs.
    let since: Int
    let needsExtensions: Bool

    init(_ statement: String, _ differences: String..., since: Int = 10, needsExtensions: Bool = false) {
        self.statement = statement
        self.differences = differences
        self.since = since
        self.needsExtensions = needsExtensions
    }

    /// No two of them touch the same object.
    static let all = tables + columns + parts + others

    private static let tables = [
        SchemaChange("DROP TABLE app.many_17", "table app.many_17: missing"),
        SchemaChange("COMMENT ON TABLE app.many_2 IS NULL", "table app.many_2: comment"),
        SchemaChange("ALTER TABLE app.many_11 REPLICA IDENTITY FULL", "table app.many_11: replica identity"),
        SchemaChange(
            "ALTER TABLE app.parent REPLICA IDENTITY USING INDEX app_c",
            "table app.parent: replica identity", "index app.app_c: only in the shadow"),
        SchemaChange("ALTER TABLE app.many_12 SET (fillfactor = 33)", "table app.many_12: options"),
        SchemaChange(
            "ALTER TABLE app.everything RESET (toast.autovacuum_vacuum_threshold)", "table app.everything: options"),
        SchemaChange("ALTER TABLE app.many_13 ENABLE ROW LEVEL SECURITY", "table app.many_13: row security"),
        SchemaChange("ALTER TABLE app.many_14 FORCE ROW LEVEL SECURITY", "table app.many_14: forced row security"),
        SchemaChange("ALTER TABLE app.many_18 SET UNLOGGED", "table app.many_18: persistence"),
        SchemaChange(
            "ALTER TABLE app.by_time DETACH PARTITION app.by_time_1", "table app.by_time_1: parents",
            "table app.by_time_1: partition bound"),
        SchemaChange("ALTER TABLE app.derived NO INHERIT app.second", "table app.derived: parents"),
        SchemaChange("ALTER TABLE app.typed NOT OF", "table app.typed: type"),
        SchemaChange(
            """
            ALTER TABLE app.many_8 DROP COLUMN n, ADD COLUMN n integer DEFAULT 8, ADD CONSTRAINT many_8_n CHECK (n <> -8),
                ADD UNIQUE (n, t); CREATE INDEX many_8_t ON app.many_8 (t, n)
            """, "table app.many_8: column order"),
    ]

    private static let columns = [
        SchemaChange("ALTER TABLE app.many_1 ALTER n SET DEFAULT 77", "table column app.many_1.n: default"),
        SchemaChange("ALTER TABLE app.many_4 ALTER t TYPE varchar(99)", "table column app.many_4.t: type"),
        SchemaChange("ALTER TABLE app.many_5 ALTER t SET NOT NULL", "table column app.many_5.t: null"),
        SchemaChange("ALTER TABLE app.many_6 ADD more integer", "table column app.many_6.more: only in the shadow"),
        SchemaChange(
            "ALTER TABLE app.many_7 DROP t", "table column app.many_7.t: missing", "index app.many_7_t: missing",
            "table constraint many_7_n_t_key on app.many_7: missing"),
        SchemaChange(
            "ALTER TABLE app.many_15 ALTER t SET STORAGE EXTERNAL, ALTER t TYPE text COLLATE \"C\"",
            "table column app.many_15.t: storage", "table column app.many_15.t: collation"),
        SchemaChange(
            "ALTER TABLE app.many_16 ALTER t SET STATISTICS 9, ALTER t SET (n_distinct = 3)",
            "table column app.many_16.t: statistics target", "table column app.many_16.t: options"),
        SchemaChange(
            "ALTER TABLE app.everything ALTER ident SET GENERATED ALWAYS",
            "table column app.everything.ident: identity"),
        SchemaChange(
            "ALTER TABLE app.generated ALTER double DROP EXPRESSION", "table column app.generated.double: default",
            "table column app.generated.double: generated", since: 13),
        SchemaChange(
            "ALTER TABLE app.spans ALTER squeezed SET COMPRESSION default",
            "table column app.spans.squeezed: compression",
            since: 14),
        SchemaChange("COMMENT ON COLUMN app.pair.y IS 'other'", "composite type column app.pair.y: comment"),
    ]

    private static let parts = [
        SchemaChange("DROP INDEX app.everything_gin", "index app.everything_gin: missing"),
        SchemaChange("CREATE INDEX extra ON app.many_20 (t)", "index app.extra: only in the shadow"),
        // As a build that was cut off leaves it.
        SchemaChange(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'app.many_25_t'::regclass",
            "index app.many_25_t: validity"),
        SchemaChange("ALTER TABLE app.many_19 CLUSTER ON many_19_t", "index app.many_19_t: clustered"),
        SchemaChange(
            "DROP INDEX app.many_23_t; CREATE INDEX many_23_t ON app.many_23 (t DESC, n)",
            "index app.many_23_t: definition"),
        SchemaChange(
            "ALTER INDEX app.everything_targets ALTER COLUMN 1 SET STATISTICS 20",
            "index app.everything_targets: statistics targets", since: 11),
        SchemaChange(
            "ALTER TABLE app.many_3 DROP CONSTRAINT many_3_n, ADD CONSTRAINT many_3_n CHECK (n <> -3) NOT VALID",
            "table constraint many_3_n on app.many_3: validity"),
        SchemaChange(
            "ALTER TABLE app.child VALIDATE CONSTRAINT child_late",
            "table constraint child_late on app.child: validity"),
        SchemaChange(
            "ALTER TABLE app.many_21 DROP CONSTRAINT many_21_n, ADD CONSTRAINT many_21_n CHECK (n <> 0)",
            "table constraint many_21_n on app.many_21: definition"),
        SchemaChange(
            "ALTER TABLE app.many_22 DROP CONSTRAINT many_22_pkey, ADD PRIMARY KEY (id) DEFERRABLE",
            "table constraint many_22_pkey on app.many_22: definition"),
        SchemaChange(
            "ALTER TABLE app.many_24 DROP CONSTRAINT many_24_n_t_key",
            "table constraint many_24_n_t_key on app.many_24: missing"),
        SchemaChange(
            "COMMENT ON CONSTRAINT fits ON app.everything IS NULL", "table constraint fits on app.everything: comment"),
        SchemaChange(
            "ALTER TABLE app.many_9 DISABLE TRIGGER many_trigger", "trigger many_trigger on app.many_9: enabled"),
        SchemaChange("DROP TRIGGER many_trigger ON app.many_10", "trigger many_trigger on app.many_10: missing"),
        SchemaChange(
            """
            DROP TRIGGER a_first ON app.everything;
            CREATE TRIGGER a_first BEFORE INSERT ON app.everything FOR EACH ROW EXECUTE PROCEDURE app.stamp('x', 'it''s');
            COMMENT ON TRIGGER a_first ON app.everything IS 'the first'
            """, "trigger a_first on app.everything: definition"),
        SchemaChange("ALTER TABLE app.unkeyed ENABLE RULE also", "rule also on app.unkeyed: enabled"),
        SchemaChange("DROP RULE no_delete ON app.unkeyed", "rule no_delete on app.unkeyed: missing"),
        SchemaChange("ALTER POLICY see ON app.child USING (c > 1)", "policy see on app.child: using"),
        SchemaChange("DROP POLICY put ON app.child", "policy put on app.child: missing"),
        SchemaChange("ALTER POLICY both_ways ON app.parent TO postgres", "policy both_ways on app.parent: roles"),
        SchemaChange(
            "CREATE POLICY more ON app.many_20 USING (n > 0)", "policy more on app.many_20: only in the shadow"),
        SchemaChange(
            """
            DROP STATISTICS app.depends; CREATE STATISTICS app.depends (ndistinct) ON code, num FROM app.everything;
            COMMENT ON STATISTICS app.depends IS 'of two columns'
            """, "statistics object app.depends: definition"),
        SchemaChange("DROP STATISTICS app.every", "statistics object app.every: missing"),
    ]

    private static let others = [
        SchemaChange("ALTER TYPE app.mood ADD VALUE 'new'", "type app.mood: labels"),
        SchemaChange("ALTER DOMAIN app.short SET DEFAULT 'x'", "type app.short: default"),
        SchemaChange("ALTER DOMAIN app.positive DROP NOT NULL", "type app.positive: null"),
        SchemaChange(
            "ALTER DOMAIN app.positive DROP CONSTRAINT positive_small",
            "domain constraint positive_small on app.positive: missing"),
        SchemaChange(
            "ALTER DOMAIN app.short VALIDATE CONSTRAINT short_word",
            "domain constraint short_word on app.short: validity"),
        SchemaChange(
            """
            CREATE OR REPLACE FUNCTION app.twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 7
                AS $$ SELECT n + n $$
            """, "function app.twice(integer): definition"),
        SchemaChange("ALTER FUNCTION app.stamp() RESET work_mem", "function app.stamp(): definition"),
        SchemaChange(
            "ALTER SEQUENCE app.numbers INCREMENT -6 NO CYCLE", "sequence app.numbers: increment",
            "sequence app.numbers: cycle"),
        SchemaChange("ALTER SEQUENCE app.everything_big_seq OWNED BY NONE", "sequence app.everything_big_seq: owner"),
        SchemaChange("COMMENT ON COLLATION app.plain IS NULL", "collation app.plain: comment"),
        SchemaChange(
            "ALTER TEXT SEARCH CONFIGURATION app.english DROP MAPPING FOR word",
            "text search configuration app.english: mapping"),
        SchemaChange(
            "ALTER TEXT SEARCH DICTIONARY app.stems (stopwords)", "text search dictionary app.stems: options"),
        SchemaChange(
            "COMMENT ON OPERATOR CLASS app.word_ops USING btree IS NULL",
            "operator class app.word_ops USING btree: comment"),
        SchemaChange(
            "COMMENT ON AGGREGATE app.total(integer) IS NULL", "aggregate app.total(integer): comment", since: 14),
        SchemaChange("COMMENT ON VIEW app.seen IS NULL", "view app.seen: comment"),
        SchemaChange("COMMENT ON SCHEMA app IS NULL", "schema app: comment"),
        SchemaChange(
            "ALTER EXTENSION hstore SET SCHEMA public", "extension hstore: schema",
            "table column app.extended.pairs: type", "table column app.extended.pairs: default", needsExtensions: true),
    ]
}

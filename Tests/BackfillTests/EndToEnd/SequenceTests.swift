import Backfill
import Job
import Libpq
import LocalCluster
import Postgres
import Subscriber
import Testing
import Waiting

/// Sequences of all kinds, which are no part of the stream: after a stop they stand where the source's stand.
@Suite(.blocking) struct SequenceTests {
    private static let setup = """
        CREATE SCHEMA app; CREATE SCHEMA seqs;
        CREATE SEQUENCE seqs.shared_seq START 1000 INCREMENT 5;
        CREATE TABLE app.a (id int PRIMARY KEY DEFAULT nextval('seqs.shared_seq'), v text);
        CREATE TABLE app.b (id int PRIMARY KEY DEFAULT nextval('seqs.shared_seq'), v text);
        CREATE SEQUENCE public.owned_none;
        CREATE TABLE app.c (id bigint PRIMARY KEY DEFAULT nextval('public.owned_none'::regclass));
        CREATE TABLE app.d (
            id smallserial PRIMARY KEY,
            i int GENERATED ALWAYS AS IDENTITY (START WITH -5 INCREMENT BY -2 MINVALUE -100 MAXVALUE -1 CYCLE CACHE 7));
        CREATE SEQUENCE app.down INCREMENT -1 START -1;
        CREATE TABLE app.e (id int PRIMARY KEY DEFAULT nextval('app.down'));
        CREATE TABLE app.f (id serial PRIMARY KEY);
        ALTER SEQUENCE app.f_id_seq RENAME TO "weird Seq";
        CREATE SEQUENCE app.textual;
        CREATE TABLE app.g (id text PRIMARY KEY DEFAULT 'G' || nextval('app.textual'::text::regclass));
        CREATE TABLE app.h (id serial PRIMARY KEY, n serial);
        INSERT INTO app.a (v) VALUES ('x'), ('y'); INSERT INTO app.b (v) VALUES ('x');
        INSERT INTO app.c DEFAULT VALUES; INSERT INTO app.d DEFAULT VALUES; INSERT INTO app.d DEFAULT VALUES;
        INSERT INTO app.e DEFAULT VALUES; INSERT INTO app.f DEFAULT VALUES; INSERT INTO app.g DEFAULT VALUES;
        INSERT INTO app.h DEFAULT VALUES;
        """
    private static let live = [
        """
        INSERT INTO app.a (v) VALUES ('z'); INSERT INTO app.c DEFAULT VALUES; INSERT INTO app.d DEFAULT VALUES;
        INSERT INTO app.e DEFAULT VALUES; INSERT INTO app.f DEFAULT VALUES; INSERT INTO app.g DEFAULT VALUES;
        """,
        "ALTER SEQUENCE app.\"weird Seq\" RENAME TO renamed_live; INSERT INTO app.f DEFAULT VALUES",
        "ALTER SEQUENCE app.down MAXVALUE 10 START 5 RESTART; INSERT INTO app.e VALUES (DEFAULT)",
        """
        ALTER SEQUENCE app.d_id_seq AS bigint MAXVALUE 9000000000; SELECT setval('app.d_id_seq', 5000000000);
        ALTER TABLE app.d ALTER COLUMN i SET CACHE 1 SET INCREMENT BY -3;
        """,
        // Each has the other's name.
        """
        ALTER SEQUENCE app.h_id_seq RENAME TO swap; ALTER SEQUENCE app.h_n_seq RENAME TO h_id_seq;
        ALTER SEQUENCE app.swap RENAME TO h_n_seq; SELECT setval('app.h_n_seq', 77), setval('app.h_id_seq', 88, false);
        """,
        "CREATE SCHEMA moved; ALTER SEQUENCE seqs.shared_seq SET SCHEMA moved; SELECT nextval('moved.shared_seq')",
    ]

    private static let definitions = """
        SELECT s.oid::regclass::text, format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin, q.seqmax,
               q.seqcache, q.seqcycle
          FROM pg_class s JOIN pg_sequence q ON q.seqrelid = s.oid
         WHERE s.relnamespace::regnamespace::text NOT IN ('scry_backfill')
         ORDER BY 1
        """
    private static let all = """
        app.d_i_seq app.d_id_seq app.down app.h_id_seq app.h_n_seq app.renamed_live app.textual moved.shared_seq owned_none
        """

    private static func compare(_ job: TestJob) throws {
        let sequences = try job.both(definitions)
        #expect(sequences.source == sequences.shadow)
        let names = sequences.source.compactMap { $0[0] }
        #expect(names == all.split(separator: " ").map(String.init))
        for name in names {
            let value = try job.both("SELECT last_value, is_called FROM \(name)")
            #expect(value.source == value.shadow, "\(name)")
        }
    }

    @Test func afterAStopTheyStandWhereTheSourcesStand() throws {
        let job = try TestJob()
        try job.onSource(Self.setup)
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            for statements in Self.live { try job.onSource(statements) }
            try job.catchUp()
        }
        try Self.compare(job)
        // Used in the shadow, they go on as the source's would.
        try job.onShadow("INSERT INTO app.f DEFAULT VALUES")
        #expect(try job.both("SELECT max(id) FROM app.f").shadow == [["4"]])
    }

    /// A sequence that cannot be set is warned of, by its name; the others are set, and the stop succeeds.
    @Test func aStopNeverFailsForASequence() throws {
        let job = try TestJob()
        try job.onSource(Self.setup)
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            // Its name is taken there by something else.
            try job.onShadow("CREATE TABLE app.renamed_live ()")
            for statements in Self.live { try job.onSource(statements) }
            try job.catchUp()
        }
        let store = JobStore(Shadow(try job.shadow.connect(database: "shop")), slot: job.slot)
        #expect(try store.job()?.state == .stopped)
        let warnings = try store.events(latest: 50).filter { $0.severity == .warning }
        #expect(
            Set(warnings.map(\.message)) == [
                "sequence app.renamed_live of the shadow is not as the source's: relation \"renamed_live\" already exists"
            ])
        try job.onShadow("DROP TABLE app.renamed_live")
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        try Self.compare(job)
    }
}

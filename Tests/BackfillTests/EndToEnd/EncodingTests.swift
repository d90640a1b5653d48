import Backfill
import Catalog
import Job
import Libpq
import LocalCluster
import Postgres
import Subscriber
import Testing
import Waiting

/// Databases of other encodings than UTF8, with names and values that need them.
@Suite(.blocking) struct EncodingTests {
    @Test(arguments: [
        ("LATIN1", "Größe", "straße", "Ñandú äöüß° ÿ", "für", "wïder"),
        ("EUC_JP", "大きさ", "通り", "日本語 カタカナ", "賛成", "反対"),
    ])
    func aSourceOfAnotherEncoding(
        encoding: String, table: String, column: String, value: String, yes: String, no: String
    ) throws {
        let job = try TestJob(encodings: (encoding, "UTF8"))
        try job.onSource(
            """
            CREATE TYPE "\(no)" AS ENUM ('\(yes)', '\(no)');
            CREATE TABLE "\(table)" (
                id int PRIMARY KEY, "\(column)" text DEFAULT '\(value)', c "char", e "\(no)" DEFAULT '\(yes)',
                CONSTRAINT "\(yes)" CHECK ("\(column)" <> '\(no)'));
            COMMENT ON TABLE "\(table)" IS '\(value)';
            COMMENT ON COLUMN "\(table)"."\(column)" IS '\(yes)';
            INSERT INTO "\(table)" VALUES (1, '\(value)', NULL, '\(yes)'), (2, DEFAULT, 'x', DEFAULT), (3, '', NULL, '\(no)');
            """)
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource(
                """
                INSERT INTO "\(table)" VALUES (4, '\(value)\(value)', 'y', '\(no)');
                UPDATE "\(table)" SET "\(column)" = '\(yes)' WHERE id = 1;
                DELETE FROM "\(table)" WHERE id = 2;
                """)
            try job.catchUp()
            let rows = try job.both("SELECT * FROM \"\(table)\" ORDER BY id")
            #expect(rows.source.count == 3)
            #expect(rows.source == rows.shadow)
            let comments = try job.both(
                "SELECT description FROM pg_description WHERE objoid = '\"\(table)\"'::regclass ORDER BY objsubid")
            #expect(comments.source.count == 2)
            #expect(comments.source == comments.shadow)
        }
    }

    @Test func whatAnEncodingLacks() throws {
        let cluster = try SharedCluster.cluster(.shadow)
        for (encoding, text, missing) in [
            ("LATIN1", "aé…ß€", "…€"), ("EUC_JP", "日本 é 😀", "😀"), ("UTF8", "…€😀", ""), ("SQL_ASCII", "…", ""),
        ] {
            let name = "encoding_\(encoding.lowercased())"
            try cluster.createDatabase(name, encoding: encoding)
            let session = try cluster.connect(database: name)
            #expect(try session.charactersNotHeld(of: text) == Set(missing.unicodeScalars), "\(encoding)")
            // In a transaction, too, which goes on.
            try session.query("BEGIN")
            #expect(try session.charactersNotHeld(of: text) == Set(missing.unicodeScalars), "\(encoding)")
            try session.query("COMMIT")
        }
    }

    /// The message says table and way out, shows no value, and is kept in the shadow, whose encoding lacks some of its
    /// characters.
    @Test(arguments: [false, true]) func aValueThatTheShadowCannotHold(isStreamed: Bool) throws {
        let job = try TestJob(encodings: ("UTF8", "LATIN1"))
        try job.onSource(
            "CREATE TABLE t (id int PRIMARY KEY, \"straße\" text); INSERT INTO t VALUES (1, 'größer als')")
        if !isStreamed { try job.onSource("INSERT INTO t VALUES (2, 'S3CRET 10 €')") }
        let engine = try RunningEngine(job.settings())
        if isStreamed {
            try job.catchUp()
            try job.onSource("INSERT INTO t VALUES (2, 'S3CRET 10 €')")
        }
        let thrown = #expect(throws: PostgresError.self) { try engine.wait() }
        let error = try #require(thrown)
        #expect(error.message == "table public.t of the shadow refuses a value: character not in the shadow's encoding")
        #expect(error.hint?.contains("ENCODING 'UTF8'") == true)
        let store = JobStore(Shadow(try job.shadow.connect(database: "shop")), slot: job.slot)
        let kept = try #require(try store.job())
        #expect(kept.state == .failed)
        #expect(kept.error?.message.contains("refuses a value") == true)
        #expect(try store.events(latest: 50).contains { $0.message == error.message })
        for event in try store.events(latest: 50) { #expect(!event.message.contains("S3CRET")) }
        let status = try JobControl(job.shadow.connect(database: "shop"), slot: job.slot).status(
            source: try job.source.connect(database: "shop"))
        #expect(status.missingEngine == nil)
        #expect(status.error?.message.contains("refuses a value") == true)
    }

    @Test func textThatTheShadowCannotHoldIsStoredEscaped() throws {
        let job = try TestJob(encodings: (nil, "LATIN1"))
        let session = try job.shadow.connect(database: "shop")
        let store = JobStore(Shadow(session), slot: "s")
        try store.bringUpToDate()
        try store.insert(publication: "p", mode: .hybrid, systemIdentifier: "1", timeline: 1, database: "d")
        try store.record(JobEvent(.warning, "öffnen … 1 €", hint: "\\publish TABLE …"))
        let event = try #require(try store.events(latest: 1).first)
        #expect(event.message == "öffnen \\u2026 1 \\u20AC" && event.hint == "\\publish TABLE \\u2026")
        try store.setError(PostgresError("größer … \"1\"", sqlState: .untranslatableCharacter))
        #expect(try store.job()?.error?.message == #"größer \u2026 "1""#)
    }
}

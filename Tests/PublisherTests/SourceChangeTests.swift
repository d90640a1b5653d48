import Catalog
import Libpq
import LocalCluster
import Postgres
import Publisher
import Testing
import Waiting

/// What a source says that takes no change, and what is to be done.
@Suite(.blocking) struct SourceChangeTests {
    private func refusal(_ body: () throws -> Void) throws -> PostgresError {
        try #require(#expect(throws: PostgresError.self) { try body() })
    }

    @Test func aDatabaseThatIsReadOnlyByDefault() throws {
        let database = try SharedCluster.database()
        try database.run(
            "CREATE TABLE t (id int PRIMARY KEY); ALTER DATABASE \(database.name) SET default_transaction_read_only = on"
        )
        let session = try database.connect()
        #expect(try session.readOnlyDefault() == .setting)
        for words in ["t", "all"] {
            let error = try refusal { _ = try Source(session).publish(PublicationRequest(words), in: "pub") }
            #expect(error.sqlState.code == "25006")
            let hint = try #require(error.hint)
            #expect(hint.contains("default_transaction_read_only is on"))
            // Followed to the letter.
            let script = try #require(hint.firstRange(of: "BEGIN READ WRITE;"))
            try session.query(String(hint[script.lowerBound...]))
            #expect(try session.publication("pub") != nil)
            let drop = try refusal { _ = try Source(session).dropPublication("pub", usedBySlot: "none") }
            #expect(drop.hint?.contains("BEGIN READ WRITE; DROP PUBLICATION \"pub\"; COMMIT;") == true)
            try session.query("BEGIN READ WRITE; DROP PUBLICATION pub; COMMIT")
        }
        // A password's verifier is not shown.
        let plan = try Source(session).rolePlan("\(database.name)_role", schemas: ["public"])
        let role = try refusal { _ = try Source(session).apply(plan, password: "secret", bypassesRowSecurity: false) }
        #expect(role.sqlState.code == "25006")
        #expect(role.hint?.hasSuffix("SET default_transaction_read_only = off; before it.") == true)
        // In the user's own transaction, which goes on.
        try session.query("BEGIN")
        let nested = try refusal { _ = try Source(session).publish(PublicationRequest("t"), in: "pub") }
        #expect(nested.hint?.contains("BEGIN READ WRITE") == true)
        #expect(session.transactionStatus == .inTransaction)
        try session.query("ROLLBACK")
        let create = SourceFix.writing(
            .createPublication("pub", tables: [QualifiedName(schema: "public", name: "t")]))
        try Source(session).apply(create)
        #expect(throws: PostgresError.self) {
            try Source(session).apply(create)
        }
        #expect(session.transactionStatus == .idle)
    }

    @Test func aStandby() throws {
        let cluster = try LocalCluster(.source, settings: ["hot_standby": "on"])
        try cluster.start()
        let isOld = try cluster.connect().serverVersion.major < 12
        try cluster.run("CREATE TABLE t (id int PRIMARY KEY)")
        try cluster.stop()
        try cluster.addFile(isOld ? "recovery.conf" : "standby.signal", isOld ? "standby_mode = on\n" : "")
        try cluster.start()
        let session = try cluster.connect()
        #expect(try session.readOnlyDefault() == .standby)
        let error = try refusal { _ = try Source(session).publish(PublicationRequest("t"), in: "pub") }
        #expect(error.sqlState.code == "25006")
        #expect(error.hint == "The server is a standby, which takes no writes: connect to its primary.")
    }

    @Test func anEventTriggerThatRefusesDDL() throws {
        let database = try SharedCluster.database()
        let session = try database.connect()
        try session.query(
            """
            CREATE TABLE t (id int PRIMARY KEY);
            CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no DDL here' USING HINT = 'Ask for it.'; END $$;
            CREATE EVENT TRIGGER "No DDL" ON ddl_command_start EXECUTE PROCEDURE refuse();
            CREATE EVENT TRIGGER other ON sql_drop EXECUTE PROCEDURE refuse();
            ALTER EVENT TRIGGER other DISABLE;
            """)
        let error = try refusal { _ = try Source(session).publish(PublicationRequest("t"), in: "pub") }
        #expect(error.message == "no DDL here")
        #expect(
            error.hint == """
                Ask for it. Event trigger "No DDL" (refuse) of the source acts on such a statement. Run it yourself: \
                CREATE PUBLICATION "pub" FOR TABLE "public"."t"; Or have a superuser run for the time being: \
                ALTER EVENT TRIGGER "No DDL" DISABLE;
                """)
        let all = try refusal { _ = try Source(session).publish(PublicationRequest("all"), in: "pub") }
        #expect(all.hint?.contains("Run it yourself: CREATE PUBLICATION \"pub\" FOR ALL TABLES; Or have") == true)
        // The server's own refusals are none of theirs.
        let missing = QualifiedName(schema: "public", name: "missing")
        #expect(throws: PostgresError.self) {
            try Source(session).apply(.createPublication("pub", tables: [missing]))
        }
        try session.query("ALTER EVENT TRIGGER \"No DDL\" DISABLE")
        #expect(try session.actingEventTriggers().isEmpty)
        _ = try Source(session).publish(PublicationRequest("t"), in: "pub")
    }
}

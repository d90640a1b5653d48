import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Subscriber

@Suite(.blocking) struct ApplyStatementsTests {
    private typealias Column = PlannedRelation.Column

    @Test func aKeyFindsTheOldRow() throws {
        let plan = try PlannedRelation.plan(
            "d", [Column(name: "id", isKey: true), Column(name: "v")], shadow: [.named("id"), .named("v", "text")])
        #expect(plan.insertStatement == #"INSERT INTO "public"."t" ("id", "v") VALUES ($1, $2)"#)
        // The key may be a new one: it is set, and the old one finds the row.
        #expect(
            plan.updateStatement(unchanged: [])
                == #"UPDATE ONLY "public"."t" SET "id" = $1, "v" = $2 WHERE "id" OPERATOR(pg_catalog.=) $3"#)
        #expect(plan.deleteStatement == #"DELETE FROM ONLY "public"."t" WHERE "id" OPERATOR(pg_catalog.=) $1"#)
        #expect(plan.identityColumns == [0])
    }

    @Test func aKeyOfSeveralColumnsKeepsItsOrderAndOperators() throws {
        let plan = try PlannedRelation.plan(
            "i", [Column(name: "v"), Column(name: "a", isKey: true), Column(name: "b", isKey: true)],
            shadow: [
                .named("b", "citext", schema: "ext", equality: #"OPERATOR("ext".=)"#), .named("v"), .named("a"),
            ])
        #expect(
            plan.deleteStatement
                == #"DELETE FROM ONLY "public"."t" WHERE "a" OPERATOR(pg_catalog.=) $1 AND "b" OPERATOR("ext".=) $2"#)
        #expect(
            plan.updateStatement(unchanged: [])
                == #"UPDATE ONLY "public"."t" SET "v" = $1, "a" = $2, "b" = $3 WHERE "a" OPERATOR(pg_catalog.=) $4 AND "b" OPERATOR("ext".=) $5"#
        )
    }

    @Test func unchangedValuesAreLeftOutAndTheNumbersCloseUp() throws {
        let plan = try PlannedRelation.plan(
            "d", [Column(name: "big"), Column(name: "id", isKey: true), Column(name: "large"), Column(name: "v")],
            shadow: [.named("id"), .named("v"), .named("big", "text"), .named("large", "text")])
        #expect(
            plan.updateStatement(unchanged: [0, 2])
                == #"UPDATE ONLY "public"."t" SET "id" = $1, "v" = $2 WHERE "id" OPERATOR(pg_catalog.=) $3"#)
        #expect(
            plan.updateStatement(unchanged: [0])
                == #"UPDATE ONLY "public"."t" SET "id" = $1, "large" = $2, "v" = $3 WHERE "id" OPERATOR(pg_catalog.=) $4"#
        )
        #expect(plan.updateStatement(unchanged: [0, 1, 2, 3]) == nil)
    }

    @Test func generatedColumnsAreNotWritten() throws {
        let plan = try PlannedRelation.plan(
            "d", [Column(name: "id", isKey: true), Column(name: "twice"), Column(name: "v")],
            shadow: [.named("id"), .named("twice", generated: true), .named("v"), .named("shadows_own")])
        #expect(plan.insertStatement == #"INSERT INTO "public"."t" ("id", "v") VALUES ($1, $2)"#)
        #expect(
            plan.updateStatement(unchanged: [])
                == #"UPDATE ONLY "public"."t" SET "id" = $1, "v" = $2 WHERE "id" OPERATOR(pg_catalog.=) $3"#)
        #expect(plan.updateStatement(unchanged: [0, 2]) == nil)
    }

    /// A publication of 18 may send stored ones.
    @Test func generatedColumnsOfAKeyFindTheOldRow() throws {
        let shadow: [ShadowColumn] = [
            .named("id", primaryKey: true), .named("code", generated: true, primaryKey: true), .named("v"),
        ]
        let plan = try PlannedRelation.plan(
            "d", [Column(name: "id", isKey: true), Column(name: "code", isKey: true), Column(name: "v")],
            shadow: shadow)
        #expect(plan.insertStatement == #"INSERT INTO "public"."t" ("id", "v") VALUES ($1, $2)"#)
        let condition = #""id" OPERATOR(pg_catalog.=) $3 AND "code" OPERATOR(pg_catalog.=) $4"#
        #expect(
            plan.updateStatement(unchanged: [])
                == #"UPDATE ONLY "public"."t" SET "id" = $1, "v" = $2 WHERE "# + condition)
        #expect(plan.identityColumns == [0, 1])
        let full = try PlannedRelation.plan(
            "f", [Column(name: "id", isKey: true), Column(name: "code", isKey: true), Column(name: "v", isKey: true)],
            shadow: shadow)
        #expect(full.identity == .key([0, 1]))
        // Before 18 they do not come, and the rest of a key is none.
        let partial = try PlannedRelation.plan(
            "f", [Column(name: "id", isKey: true), Column(name: "v", isKey: true)], shadow: shadow)
        #expect(partial.identity == .wholeRow && partial.identityColumns == [0, 1])
    }

    @Test func underFullGeneratedColumnsNeedNotBeCompared() throws {
        let plan = try PlannedRelation.plan(
            "f", [Column(name: "twice", isKey: true), Column(name: "n", isKey: true)],
            shadow: [.named("n"), .named("twice", generated: true)])
        #expect(
            plan.deleteStatement
                == #"DELETE FROM ONLY "public"."t" WHERE ctid = (SELECT ctid FROM ONLY "public"."t" WHERE "#
                + #"("n" OPERATOR(pg_catalog.=) $1 OR ("n" IS NULL AND $1 IS NULL)) LIMIT 1)"#)
        #expect(plan.identityColumns == [1])
    }

    @Test func identityColumnsTakeTheSourcesValue() throws {
        let plan = try PlannedRelation.plan(
            "d", [Column(name: "id", isKey: true)], shadow: [.named("id", identity: true)])
        #expect(plan.insertStatement == #"INSERT INTO "public"."t" ("id") OVERRIDING SYSTEM VALUE VALUES ($1)"#)
    }

    @Test func aTableWithoutColumnsHasRows() throws {
        let plan = try PlannedRelation.plan("f", [], shadow: [])
        #expect(plan.insertStatement == #"INSERT INTO "public"."t" DEFAULT VALUES"#)
        #expect(
            plan.deleteStatement
                == #"DELETE FROM ONLY "public"."t" WHERE ctid = (SELECT ctid FROM ONLY "public"."t" WHERE true LIMIT 1)"#
        )
        #expect(plan.updateStatement(unchanged: []) == nil)
    }

    @Test func underFullTheShadowsKeyServesAlone() throws {
        let plan = try PlannedRelation.plan(
            "f", [Column(name: "id", isKey: true), Column(name: "v", isKey: true)],
            shadow: [.named("id", primaryKey: true), .named("v", "json")])
        #expect(plan.identityColumns == [0])
        #expect(plan.deleteStatement == #"DELETE FROM ONLY "public"."t" WHERE "id" OPERATOR(pg_catalog.=) $1"#)
    }

    @Test func underFullWithoutKeyOneOfTheEqualRowsIsTaken() throws {
        let plan = try PlannedRelation.plan(
            "f", [Column(name: "n", isKey: true), Column(name: "j", isKey: true)],
            shadow: [.named("n"), .named("j", "json")])
        let condition = """
            ("n" OPERATOR(pg_catalog.=) $1 OR ("n" IS NULL AND $1 IS NULL)) AND \
            (("j" IS NOT DISTINCT FROM NULL AND $2::"pg_catalog"."json" IS NOT DISTINCT FROM NULL) OR \
            ("j" IS DISTINCT FROM NULL AND $2::"pg_catalog"."json" IS DISTINCT FROM NULL AND \
            pg_catalog.concat("j") COLLATE "C" OPERATOR(pg_catalog.=) (SELECT pg_catalog.concat($2::"pg_catalog"."json"))))
            """
        #expect(
            plan.deleteStatement
                == #"DELETE FROM ONLY "public"."t" WHERE ctid = (SELECT ctid FROM ONLY "public"."t" WHERE "#
                + condition + " LIMIT 1)")
        let partitioned = try PlannedRelation.plan(
            "f", [Column(name: "n", isKey: true)], shadow: [.named("n")], partitioned: true)
        #expect(
            partitioned.deleteStatement
                == #"DELETE FROM "public"."t" WHERE (tableoid, ctid) IN (SELECT tableoid, ctid FROM "public"."t" WHERE "#
                + #"("n" OPERATOR(pg_catalog.=) $1 OR ("n" IS NULL AND $1 IS NULL)) LIMIT 1)"#)
    }

    @Test func withoutIdentityThereAreOnlyInserts() throws {
        for identity in ["n", "d", "i"] as [Character] {
            let plan = try PlannedRelation.plan(identity, [Column(name: "v")], shadow: [.named("v")])
            #expect(plan.identity == .none && plan.identityColumns.isEmpty)
            #expect(plan.insertStatement == #"INSERT INTO "public"."t" ("v") VALUES ($1)"#)
        }
    }

    @Test func namesAreQuoted() throws {
        let plan = try PlannedRelation.plan(
            "d", [Column(name: "a\"; DROP", isKey: true)], shadow: [.named("a\"; DROP")],
            table: QualifiedName(schema: "S s", name: "T\"t"))
        #expect(
            plan.deleteStatement
                == #"DELETE FROM ONLY "S s"."T""t" WHERE "a""; DROP" OPERATOR(pg_catalog.=) $1"#)
        #expect(
            truncateStatement([plan.table], restartIdentity: false) == #"TRUNCATE ONLY "S s"."T""t""#)
    }

    @Test func truncatedTablesGoTogether() throws {
        let plain = ShadowRelation(
            oid: OID(1), name: QualifiedName(schema: "s", name: "a"), isPartitioned: false, isTable: true)
        let partitioned = ShadowRelation(
            oid: OID(2), name: QualifiedName(schema: "s", name: "b"), isPartitioned: true, isTable: true)
        #expect(
            truncateStatement([plain, partitioned], restartIdentity: true)
                == #"TRUNCATE ONLY "s"."a", "s"."b" RESTART IDENTITY"#)
    }

    @Test func aColumnThatTheShadowLacksIsNamed() throws {
        let error = try #require(throws: PostgresError.self) {
            try PlannedRelation.plan(
                "d", [Column(name: "id", isKey: true), Column(name: "New"), Column(name: "x")], shadow: [.named("id")])
        }
        #expect(error.message == "table public.t of the shadow has no column \"New\", x" && error.hint != nil)
    }

    // MARK: On a server

    /// Values that `=` cannot compare or finds equal too soon.
    private static let rows: [[String?]] = [
        ["{\"a\": 1}", "-0", "1.0", "x", "(1,2)", "{NULL,1}"], ["{\"a\":1}", "0", "1.00", "x ", "(1,2.5)", "{1,NULL}"],
        [nil, "NaN", "NaN", "", nil, "{}"], ["null", nil, nil, nil, "(NaN,0)", nil],
        ["{\"a\": 1}", "-0", "1.0", "x", "(1,2)", "{NULL,1}"],
    ]

    @Test func exactlyOneRowIsFoundWhateverItsTypes() throws {
        let database = try SharedCluster.database(.shadow)
        let session = try Shadow(database.connectionString, as: "test", interrupt: Interrupt())
        let connection = session.connection
        try connection.query(
            "CREATE TABLE public.t (j json, f float8, n numeric, t text, p point, a int[])")
        let table = try #require(try session.table(QualifiedName(schema: "public", name: "t")))
        let names = ["j", "f", "n", "t", "p", "a"]
        let plan = try PlannedRelation.plan(
            "f", names.map { Column(name: $0, isKey: true) }, shadow: table.columns)
        for row in Self.rows { try connection.query(plan.insertStatement, row) }
        // Two of the rows are equal: one goes, the other stays.
        for (index, row) in Self.rows.enumerated() {
            try connection.query("BEGIN")
            #expect(try connection.query(plan.deleteStatement, row).affectedRows == 1, "row \(index)")
            let left = try connection.query("SELECT count(*) FROM public.t")[0, 0]
            #expect(left == String(Self.rows.count - 1))
            try connection.query("ROLLBACK")
            let update = try #require(plan.updateStatement(unchanged: [0, 2, 3, 4, 5]))
            try connection.query("BEGIN")
            #expect(try connection.query(update, ["42"] + row).affectedRows == 1, "row \(index)")
            #expect(try connection.query("SELECT count(*) FROM public.t WHERE f = 42")[0, 0] == "1")
            try connection.query("ROLLBACK")
        }
        let absent: [String?] = ["{\"a\": 1}", "0", "1.0", "x", "(1,2)", "{NULL,1}"]
        #expect(try connection.query(plan.deleteStatement, absent).affectedRows == 0)
    }
}

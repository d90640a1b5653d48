import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Subscriber

@Suite(.blocking) struct SchemaRestoreTests {
    /// A schema of thousands of tables takes more locks than a server has room for by default.
    @Test func aFullLockTableSaysWhatToSet() throws {
        let server = try LocalCluster(
            .shadow, settings: ["max_connections": "10", "max_locks_per_transaction": "10", "max_wal_senders": "2"])
        try server.start()
        let shadow = try Shadow(server.connectionString(), as: "test", interrupt: Interrupt())
        let error = #expect(throws: PostgresError.self) {
            try shadow.connection.transaction { () throws(PostgresError) in
                for number in 1...3000 {
                    _ = try shadow.make("CREATE TABLE public.t\(number) (id int, name text);", name: "t\(number)")
                }
            }
        }
        #expect(error?.sqlState == .outOfMemory)
        #expect(error?.hint?.contains("ALTER SYSTEM SET max_locks_per_transaction") == true)
    }

    /// A piece is made whole or not at all, and what comes after it goes on.
    @Test func aRefusedPieceTakesNothingWithIt() throws {
        let database = try SharedCluster.database(.shadow)
        let shadow = try Shadow(database.connectionString, as: "test", interrupt: Interrupt())
        let refused = "CREATE TABLE public.half (id int); CREATE INDEX ON public.nothing (id);"
        try shadow.connection.transaction { () throws(PostgresError) in
            try shadow.restoring { () throws(PostgresError) in
                #expect(try shadow.make("CREATE TABLE public.before (id int);", name: "before") == nil)
                let error = try shadow.make(refused, name: "half")
                #expect(error?.sqlState == .undefinedTable)
                #expect(error?.context == "restored schema: half")
                #expect(try shadow.make("CREATE TABLE public.after (id int);", name: "after") == nil)
            }
        }
        // The same outside of a transaction.
        #expect(try shadow.make(refused, name: "half")?.sqlState == .undefinedTable)
        let tables = try shadow.connection.query(
            "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        )
        #expect(tables[0, 0] == "after,before")
        let settings = try shadow.connection.query(
            "SELECT current_setting('check_function_bodies'), current_setting('client_min_messages')")
        #expect(settings[0, 0] == "on" && settings[0, 1] == "notice")
    }
}

import Foundation
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Subscriber

/// The state's versions.
@Suite(.blocking) struct StateSchemaTests {
    private let database: TestDatabase
    private let connection: Connection
    private let store: JobStore

    init() throws {
        database = try SharedCluster.database(.shadow)
        connection = try database.connect()
        store = JobStore(Shadow(connection), slot: database.name + "_slot")
    }

    /// As a release has left it that did not number its state.
    private func writeUnnumbered() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "States/unnumbered.sql")
        try connection.query(try String(contentsOf: file, encoding: .utf8))
        try connection.query(
            """
            INSERT INTO scry_backfill.job (slot, publication, mode, state, system_identifier, timeline, database,
                                           schema_stage, start_lsn, applied_lsn, commit_lsn, commit_time, source_lsn, first_copied)
            VALUES ($1, 'p', 'hybrid', 'stopped', '1', 1, 'd', 3, '0/10', '0/20', '0/18', now() - interval '1 h', '0/30', now())
            """, [store.slot])
        try connection.query(
            """
            INSERT INTO scry_backfill.followed_table (slot, schema_name, table_name, state, snapshot_lsn)
            VALUES ($1, 's', 't', 'ready', '0/10')
            """, [store.slot])
    }

    @Test func itIsMadeWhereThereIsNone() throws {
        #expect(try !store.exists())
        try store.bringUpToDateIfPresent()
        #expect(try !store.exists())
        try store.bringUpToDate()
        #expect(try store.exists() && store.job() == nil)
        #expect(try StateSchema(store.shadow).version() == StateSchema.current)
        // Nothing is left to do, and the lock is free.
        try store.bringUpToDate()
        #expect(try store.lock())
    }

    @Test func whatAnOlderReleaseWroteIsKept() throws {
        try writeUnnumbered()
        let error = #expect(throws: PostgresError.self) { try store.job() }
        #expect(error?.message.contains("is of version 0, older than this program's (\(StateSchema.current))") == true)
        try store.bringUpToDateIfPresent()
        let job = try #require(try store.job())
        #expect(job.appliedLSN == LSN(0x20) && job.commitLSN == LSN(0x18) && job.sourceLSN == LSN(0x30))
        #expect(job.startLSN == LSN(0x10) && job.isCopied && job.schemaStage == .foreignKeys)
        #expect(try #require(job.commitAge) >= 3600)
        #expect(try store.tables().map(\.state) == [.ready(LSN(0x10))])
    }

    @Test func aNewerOneIsRefused() throws {
        try store.bringUpToDate()
        try connection.query("INSERT INTO scry_backfill.state_version (version) VALUES (1000)")
        for access in [{ _ = try store.job() }, { try store.bringUpToDate() }] {
            let error = #expect(throws: PostgresError.self) { try access() }
            #expect(error?.message.contains("is of version 1000, newer than this program knows") == true)
            #expect(error?.hint?.contains("Use the release that wrote it") == true)
        }
        #expect(try connection.query("SELECT max(version) FROM scry_backfill.state_version")[0, 0] == "1000")
    }

    @Test func enginesThatKnowItAsItIsKeepIt() throws {
        try writeUnnumbered()
        try connection.query(
            """
            INSERT INTO scry_backfill.job (slot, publication, mode, state, system_identifier, timeline, database)
            VALUES ('another', 'p', 'hybrid', 'streaming', '1', 1, 'd')
            """)
        let engine = JobStore(Shadow(try database.connect()), slot: "another")
        #expect(try engine.lock())
        let error = #expect(throws: PostgresError.self) { try store.bringUpToDate() }
        #expect(error?.detail == "They run the jobs of slots \"another\".")
        #expect(try StateSchema(store.shadow).version() == 0)
        // So does one of the job itself.
        let own = JobStore(Shadow(try database.connect()), slot: store.slot)
        #expect(try own.lock())
        let held = #expect(throws: PostgresError.self) { try store.bringUpToDate() }
        #expect(held?.sqlState == .lockNotAvailable)
    }
}

import Commands
import Foundation
import Job
import Libpq
import LocalCluster
import Postgres
import Subscriber
import Testing
import Waiting

/// How a job is shown whose engine does not run here: the job is what its rows in the shadow say.
@Suite(.blocking) struct BackfillStatusCommandTests {
    private let fixture: CommandFixture
    private let shadow: Connection

    init() throws {
        let database = try SharedCluster.database(.shadow)
        fixture = try CommandFixture(shadow: database)
        shadow = try database.connect()
        let store = JobStore(Shadow(shadow), slot: fixture.database.name + "_slot")
        try store.bringUpToDate()
        try store.insert(
            publication: "pub", mode: .hybrid, systemIdentifier: "1", timeline: 1, database: fixture.database.name)
        try store.setStart(LSN(1))
        try shadow.query(
            """
            UPDATE scry_backfill.job SET state = 'streaming';
            UPDATE scry_backfill.lane SET commit_time = now() - interval '2 h'
            """)
    }

    private func lag() throws -> [String: Any] {
        try #require(try fixture.run("backfill", "status").json()["lag"] as? [String: Any])
    }

    private func fields() throws -> [String: String] {
        guard case .fields(_, let fields)? = try fixture.run("backfill", "status").blocks.first else { return [:] }
        return Dictionary(fields.map { ($0.label, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// A source on which nothing was published for hours, while other databases write, does not lag for hours.
    @Test func theLagIsNoOlderThanTheLastSampleBeforeThePosition() throws {
        let bytes = try #require(try lag()["bytes"] as? Int)
        #expect(bytes > 0)
        #expect(try #require(try lag()["seconds"] as? Double) > 7000)
        try shadow.query(
            """
            INSERT INTO scry_backfill.wal_sample (slot, taken, position, level, names, retained)
            SELECT slot, date_part('epoch', now()) - age, position::pg_lsn, 'normal', '{}', '{}'
              FROM scry_backfill.job, (VALUES (30, '0/1'), (0, 'FFFFFFFF/1')) AS samples (age, position)
            """)
        let seconds = try #require(try lag()["seconds"] as? Double)
        #expect(seconds >= 30 && seconds < 7000)
    }

    /// The position that was last heard of would make it 0.
    @Test func theLagIsNotKnownWithoutTheSource() throws {
        try shadow.query("UPDATE scry_backfill.lane SET source_lsn = applied_lsn")
        fixture.context.source.close()
        fixture.context.source.connector = { _ throws(PostgresError) in
            throw PostgresError("it is down", sqlState: .connectionFailure, origin: .connection)
        }
        let output = try fixture.run("backfill", "status")
        let lag = try #require(try output.json()["lag"] as? [String: Any])
        #expect(lag["bytes"] is NSNull && lag["seconds"] is NSNull)
        #expect(output.warnings == ["the lag is not known, as the source cannot be asked: it is down"])
    }

    /// While the shadow is away nothing can be written into it, and most of what is worth reading later happens then.
    @Test func anEventStandsWhereItBelongs() throws {
        let store = JobStore(Shadow(shadow), slot: fixture.database.name + "_slot")
        try store.record(JobEvent(.log, "back again"))
        try store.record(JobEvent(.warning, "the slot retains much"), age: 3600)
        let table = try #require(try fixture.run("backfill", "events").tables.first)
        #expect(table.rows.map { $0[2] } == ["the slot retains much", "back again"])
        let times = try table.rows.map { try Date(try #require($0[0]), strategy: .iso8601) }
        #expect(abs(times[1].timeIntervalSince(times[0]) - 3600) < 60)
    }

    @Test func anEngineThatWasKilledIsNotOneThatStopped() throws {
        #expect(try fields()["Engine"] == "not running")
        try shadow.query(
            "UPDATE scry_backfill.job SET engine_pid = 4711, engine_host = 'elsewhere.example', engine_since = now()")
        #expect(
            try fields()["Engine"]
                == "not running: pid 4711 on host elsewhere.example was killed, or has lost its connection and is trying again"
        )
        let ended = try Process.run(URL(filePath: "/bin/true"), arguments: [])
        ended.waitUntilExit()
        try shadow.query(
            "UPDATE scry_backfill.job SET engine_pid = $1::int, engine_host = $2",
            [String(ended.processIdentifier), ProcessInfo.processInfo.hostName])
        let engine = try #require(try fields()["Engine"])
        #expect(engine.contains("was killed"))
        try shadow.query("UPDATE scry_backfill.job SET state = 'stopped'")
        #expect(try fields()["Engine"] == "not running")
    }
}

import Backfill
import Libpq
import LocalCluster
import Postgres
import Testing

/// Schemas that production lives with: copied and followed, with all rows the same, and what the shadow can't have said.
@Suite struct SchemaCaseTests {
    @Test(arguments: SchemaCase.constraintCases + SchemaCase.objectCases)
    func arrives(_ schemaCase: SchemaCase) throws {
        let job = try TestJob()
        let versions = [
            try job.source.connect().serverVersion.major, try job.shadow.connect().serverVersion.major,
        ]
        guard versions[0] >= schemaCase.sourceSince, versions.min() ?? 0 >= schemaCase.since else { return }
        if let needed = schemaCase.needs, try !Self.hasExtension(needed, job) { return }
        if !schemaCase.server.isEmpty { try job.source.run(schemaCase.server) }
        try job.onSource(schemaCase.setup)
        if !schemaCase.shadow.isEmpty { try job.onShadow(schemaCase.shadow) }
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            if !schemaCase.live.isEmpty { try job.onSource(schemaCase.live) }
            try job.catchUp()
            try compare(job, schemaCase.same)
        }
        let comparison = try Comparison(job)
        let differences = comparison.differences.filter { line in !schemaCase.partlySent.contains { line.hasPrefix($0) }
        }
        #expect(differences.isEmpty)
        #expect(comparison.tables > 0)
        let aside = try job.inShadow(
            "SELECT identity || ' ' || aspect FROM scry_backfill.set_aside ORDER BY (identity || ' ' || aspect) COLLATE \"C\""
        )
        let isSince17 = versions[0] < 17 && versions[1] >= 17 && !schemaCase.setAsideSince17.isEmpty
        #expect(aside == (isSince17 ? schemaCase.setAsideSince17 : schemaCase.setAside).sorted())
        let events = try job.inShadow(
            "SELECT message FROM scry_backfill.event WHERE severity <> 'LOG' ORDER BY id")
        for expected in schemaCase.events {
            #expect(events.contains { $0.hasPrefix(expected) }, "\(expected) is not among \(events)")
        }
        if schemaCase.events.isEmpty, !isSince17 { #expect(events.isEmpty) }
        _ = try JobControl(try job.shadow.connect(database: "shop"), slot: job.slot).reset()
        try compare(job, schemaCase.sameAfterReset)
    }

    private func compare(_ job: TestJob, _ queries: [String]) throws(PostgresError) {
        for query in queries {
            let both = try job.both(query)
            #expect(!both.source.isEmpty, "\(query)")
            #expect(both.source == both.shadow, "\(query)")
        }
    }

    private static func hasExtension(_ name: String, _ job: TestJob) throws(PostgresError) -> Bool {
        for cluster in [job.source, job.shadow] {
            let found = try cluster.connect().query("SELECT FROM pg_available_extensions WHERE name = $1", [name])
            if found.rowCount == 0 { return false }
        }
        return true
    }
}

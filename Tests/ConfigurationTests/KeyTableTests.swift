import Foundation
import Job
import Libpq
import Postgres
import Testing

@testable import Configuration

@Suite struct KeyTableTests {
    @Test func everyKeyHasItsOwnNames() {
        let names = Key.all.flatMap(\.environmentNames)
        #expect(Set(names).count == names.count)
        #expect(Set(Key.all.map(\.path)).count == Key.all.count)
        #expect(names.contains("SCRY_BACKFILL_SOURCE__HOST") && names.contains("SCRY_BACKFILL_SHADOW"))
    }

    /// A key that the README leaves out is one that nobody finds.
    @Test func theReadmeNamesEveryKeyInItsSection() throws {
        let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "README.md")
        var section = ""
        var named: Set<String> = []
        for line in try String(contentsOf: readme, encoding: .utf8).split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            guard line.hasPrefix("|"), cells.count > 3 else { continue }
            let words = cells[1...2].map { $0.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 } }
            if let first = words[0].first { section = String(first.element) }
            named.formUnion(words[1].map { section + "." + $0.element })
        }
        // The README gives the shadow's keys as the source's.
        let missing = Key.all.map(\.path).filter {
            !named.contains($0) && !named.contains("source." + $0.dropFirst("shadow.".count))
        }
        #expect(missing.isEmpty)
    }

    /// A detached engine gets its configuration so.
    @Test(arguments: [[], ["a.b", "\"x,y\".*"]]) func theEnvironmentOfAConfigurationMakesItAgain(
        _ tables: [String]
    ) throws {
        var configuration = Configuration()
        configuration.source.connection = try ConnectionString(parsing: "host=a user='x y' password=secret")
        configuration.shadow = try ConnectionString(parsing: "host=b dbname=c")
        configuration.source.replicationSlot = "other"
        configuration.source.publicationName = "Other, too"
        configuration.backfill.mode = .snapshot
        configuration.backfill.includeTables = try tables.map { try TablePattern($0) }
        configuration.backfill.excludeTables = try tables.map { try TablePattern($0) }
        configuration.backfill.jobs = 7
        configuration.backfill.indexJobs = 8
        configuration.backfill.copySchema = false
        configuration.backfill.onSchemaChange = .stop
        configuration.backfill.applyBatchMilliseconds = 0
        configuration.rateLimiter.isEnabled = true
        configuration.rateLimiter.maxRowsPerSecond = 9
        configuration.rateLimiter.maxBytesPerSecond = ByteSize(0)
        configuration.rateLimiter.burstMultiplier = 1.25
        configuration.rateLimiter.isAdaptive = false
        configuration.walMonitor.isEnabled = false
        configuration.walMonitor.checkIntervalSeconds = 10
        configuration.walMonitor.warningBytes = ByteSize(1025)
        configuration.walMonitor.criticalBytes = ByteSize(3 << 20)
        configuration.walMonitor.onCritical = .dropSlot
        configuration.metrics.listen = ListenAddress("127.0.0.1:9187")
        let environment = configuration.environment
        let loaded = try ConfigurationLoader(environment: environment, file: .none).load()
        #expect(loaded.configuration == configuration)
        // Each key but the connections' parts is set, so that no variable of the surroundings shows through.
        let unset = Key.all.filter { environment[$0.environmentNames.last ?? ""] == nil && $0.libpq == nil }
        #expect(unset.isEmpty)
    }
}

public import Backfill
public import Configuration
internal import Libpq
public import Postgres

extension JobSettings {
    /// What the configuration asks for. Throws where it names no shadow.
    public init(_ configuration: Configuration) throws(PostgresError) {
        guard let shadow = configuration.shadow else { throw CommandContext.noShadow }
        let backfill = configuration.backfill
        let mode: Mode =
            switch backfill.mode {
            case .hybrid: .hybrid
            case .snapshot: .snapshot
            case .cdc: .cdc
            }
        self.init(
            source: configuration.source.connection ?? ConnectionString(), shadow: shadow,
            slot: configuration.source.replicationSlot, publication: configuration.source.publicationName, mode: mode,
            selection: backfill.tables, jobs: backfill.jobs, indexJobs: backfill.indexJobs,
            copySchema: backfill.copySchema, applyBatchMilliseconds: backfill.applyBatchMilliseconds)
    }

    /// The same as environment of `scry-backfill run`, to which nothing is to be added from a file.
    var environment: [String: String] {
        [
            "SCRY_BACKFILL_SOURCE": source.conninfo, "SCRY_BACKFILL_SHADOW": shadow.conninfo,
            "SCRY_BACKFILL_SOURCE__REPLICATION_SLOT": slot, "SCRY_BACKFILL_SOURCE__PUBLICATION_NAME": publication,
            "SCRY_BACKFILL_BACKFILL__MODE": mode.rawValue,
            "SCRY_BACKFILL_BACKFILL__INCLUDE_TABLES": Self.list(selection.included),
            "SCRY_BACKFILL_BACKFILL__EXCLUDE_TABLES": Self.list(selection.excluded),
            "SCRY_BACKFILL_BACKFILL__JOBS": String(jobs), "SCRY_BACKFILL_BACKFILL__INDEX_JOBS": String(indexJobs),
            "SCRY_BACKFILL_BACKFILL__COPY_SCHEMA": String(copySchema),
            "SCRY_BACKFILL_BACKFILL__APPLY_BATCH_MS": String(applyBatchMilliseconds),
        ]
    }

    private static func list(_ patterns: [TablePattern]) -> String {
        patterns.map(\.description).joined(separator: ",")
    }
}

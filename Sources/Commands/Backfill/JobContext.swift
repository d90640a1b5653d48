internal import Backfill
internal import Configuration
internal import Libpq
internal import Postgres

extension CommandContext {
    /// The configuration for a job on the servers that this session is connected to.
    func jobConfiguration() throws(PostgresError) -> Configuration {
        var configuration = configuration
        _ = try source.connection()
        let shadow = try requireShadow()
        _ = try shadow.connection()
        configuration.source.connection = source.reachableParameters
        configuration.shadow = shadow.reachableParameters
        return configuration
    }

    func jobControl() throws(PostgresError) -> JobControl {
        JobControl(try requireShadow().connection(), slot: configuration.source.replicationSlot)
    }

    /// Has a running engine poll the publication at once. The engine also does so by itself, so that an unreachable
    /// shadow is no reason to fail.
    func wakeEngine() { if shadow != nil { try? jobControl().wake() } }

    /// The source, for figures that need it; nil where it cannot be reached now.
    var reachableSource: Connection? { try? source.connection() }
}

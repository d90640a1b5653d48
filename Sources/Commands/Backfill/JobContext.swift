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

    /// Has a running engine look at the publication at once. It does so by itself too, so a shadow that can't be reached is no
    /// reason to fail.
    func tellEngine() { if shadow != nil { try? jobControl().wake() } }

    /// The source for what is better known with it; nil where it can't be reached now.
    var reachableSource: Connection? { try? source.connection() }
}

internal import Postgres
internal import Publisher

/// The memory of the last poll of a table's partitions.
struct PartitionPoll {
    /// Then all partitions had the files that the job knows: rows that are older were not truncated.
    var horizon: TransactionID?
    /// Changes that wait for the stream to pass the position at which they were found: each by its description.
    var waiting: Set<String> = []
    var position = LSN.invalid
    /// When a horizon was last written down, for the next engine.
    var noted = ContinuousClock.now
}

/// The polls of one thread, by the table.
final class PartitionPolls {
    private var polls: [QualifiedName: PartitionPoll] = [:]

    subscript(root: QualifiedName) -> PartitionPoll {
        get { polls[root] ?? PartitionPoll() }
        set { polls[root] = newValue }
    }

    /// Whether the stream had passed the position at which something was found.
    ///
    /// - Parameters:
    ///   - found: the change that was found in the table.
    ///   - applied: the job's position before the state was read with which the table was compared: that state holds all
    ///     that the stream had reported until then.
    func isStreamPast(
        _ found: Set<String>, of table: QualifiedName, applied: LSN, _ source: Source
    ) throws(PostgresError) -> Bool {
        var poll = self[table]
        if poll.waiting != found {
            poll.waiting = found
            poll.position = try source.sourcePosition()
            self[table] = poll
        }
        return applied >= poll.position
    }
}

/// Where a job stands, as `\backfill status` shows it. The engine sets all of them but `none`, which means that there
/// is no job.
public enum JobState: String, Sendable, Codable, CaseIterable {
    case none
    /// The engine checks and makes what the job needs.
    case setup
    /// The schema is copied.
    case schema
    /// Rows are copied.
    case snapshot
    /// Tables that were copied at different moments come to the same one.
    case catchUp = "catch-up"
    case streaming
    case paused
    case stopped
    /// The engine ended with an error, which the job keeps.
    case failed

    /// The engine has recorded that it ends.
    public var isEnd: Bool { self == .stopped || self == .failed || self == .paused }
}

/// A stage of the schema, in the order in which they are restored. The job keeps the last one that is complete.
public enum SchemaStage: Int, Sendable, CaseIterable, Comparable {
    case nothing = 0
    /// Schemas, extensions, types, functions, sequences, tables: before the rows.
    case tables = 1
    /// Keys, indexes, triggers, policies, constraints that old rows may break: after the rows.
    case keys = 2
    /// Foreign keys: once all tables show the same moment.
    case foreignKeys = 3

    public static func < (left: SchemaStage, right: SchemaStage) -> Bool { left.rawValue < right.rawValue }
}

/// A request of a shell to a job's engine.
public enum JobRequest: String, Sendable {
    case stop
}

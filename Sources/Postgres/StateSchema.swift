extension QualifiedName {
    /// The schema that holds a job's state in its shadow. Where that shadow is the source of another job, its tables are not
    /// followed: in the next shadow the schema is that job's own.
    public static let stateSchema = "scry_backfill"

    /// A table of a job's state.
    public var isState: Bool { schema == Self.stateSchema }
}

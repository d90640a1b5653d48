public import Postgres

// Faults in the tables of the shadow.
extension JobFault {
    /// A table of the shadow that has rows which no job wrote is not overwritten.
    public static func foreignRows(_ tables: [QualifiedName]) -> PostgresError {
        let names = tables.map(\.description).joined(separator: ", ")
        return PostgresError(
            tables.count == 1
                ? "table \(names) of the shadow has rows that the job did not write"
                : "\(tables.count) tables of the shadow have rows that the job did not write",
            detail: tables.count == 1 ? nil : "They are \(names).",
            hint:
                "Nothing was changed. If these rows may go, TRUNCATE \(names) in the shadow, or drop; if they are the source's, follow without a copy (mode cdc).",
            sqlState: .notInPrerequisiteState)
    }

    /// - Parameter makesTables: the job copies the schema.
    public static func missingInShadow(_ table: QualifiedName, makesTables: Bool) -> PostgresError {
        PostgresError(
            "table \(table) does not exist in the shadow",
            hint: makesTables ? "Create it there." : "Create it there, or set copy_schema = true.",
            sqlState: .undefinedTable)
    }

    public static func goneFromShadow(_ table: QualifiedName) -> PostgresError {
        PostgresError(
            "table \(table) does not exist in the shadow any more",
            hint: "Create it again there, or run \\backfill reset and start anew.", sqlState: .undefinedTable)
    }

    public static func notATable(_ name: QualifiedName) -> PostgresError {
        PostgresError(
            "\(name) of the shadow is not a table", hint: "Rename or drop it there.", sqlState: .wrongObjectType)
    }

    /// - Parameter triggers: by the table, the names of triggers, rules and foreign keys.
    public static func actingTriggers(_ triggers: [QualifiedName: [String]]) -> PostgresError {
        let list = triggers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.joined(separator: ", "))" }
        return PostgresError(
            "tables of the shadow have triggers, rules or foreign keys that would act on what the job writes",
            detail: "They are: \(list.joined(separator: "; ")).",
            hint:
                "Drop or disable them in the shadow, or let its role keep them silent: GRANT SET ON PARAMETER session_replication_role TO the role (15 and later), or a superuser's role."
        )
    }

    /// A wait for a table that cannot be copied ends with the problem that keeps it from being copied.
    public static func notCopied(_ table: QualifiedName, _ problem: JobError?) -> PostgresError {
        PostgresError(
            "table \(table) could not be copied: \(problem?.message ?? "unknown")", detail: problem?.detail,
            hint: problem?.hint ?? "Put it right, then \\backfill resync \(table).")
    }

    public static func notFollowed(_ tables: [QualifiedName]) -> PostgresError {
        PostgresError(
            "the job does not follow \(tables.map(\.description).joined(separator: ", "))",
            hint: "\\backfill tables lists what it follows; \\publish adds to it.", sqlState: .undefinedTable)
    }
}

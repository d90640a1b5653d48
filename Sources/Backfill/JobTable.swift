public import Postgres
internal import Subscriber

/// A table of a job, and how far its copy is.
public struct JobTable: Encodable, Sendable {
    public let name: QualifiedName
    /// `pending`, `copying`, `catch-up`, `ready`, `unpublished`; `failed` where there is a problem.
    public let state: String
    /// Why it can't be copied, and what would mend it.
    public let problem: JobError?
    public let rowsCopied: Int
    public let bytesCopied: Int
    /// Changes committed before this came with the copy.
    public let snapshotLSN: LSN?
    /// What of it is not as on the source while the job follows.
    public let setAside: [JobSetAside]

    /// - Parameter isRunning: an engine is at work.
    init(_ table: FollowedTable, setAside: [JobSetAside], isRunning: Bool) {
        name = table.name
        self.setAside = setAside
        problem = table.problem.flatMap { JobError(json: $0) }
        state = table.problem == nil ? table.shownState(isRunning: isRunning).rawValue : "failed"
        rowsCopied = table.rowsCopied
        bytesCopied = table.bytesCopied
        snapshotLSN = table.snapshotLSN
    }

    private enum CodingKeys: String, CodingKey {
        case schema, name, state, problem
        case rowsCopied = "rows_copied"
        case bytesCopied = "bytes_copied"
        case snapshotLSN = "snapshot_lsn"
        case setAside = "set_aside"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name.schema, forKey: .schema)
        try container.encode(name.name, forKey: .name)
        try container.encode(state, forKey: .state)
        try container.encode(problem, forKey: .problem)
        try container.encode(rowsCopied, forKey: .rowsCopied)
        try container.encode(bytesCopied, forKey: .bytesCopied)
        try container.encode(snapshotLSN?.description, forKey: .snapshotLSN)
        try container.encode(setAside, forKey: .setAside)
    }
}

extension JobTable {
    /// Why it can't be copied, and what is set aside, for people; nil where all is well.
    public var remarks: String? {
        let problem = problem.map { [[$0.message, $0.hint].compactMap(\.self).joined(separator: ". ")] } ?? []
        let all = problem + setAside.map { "set aside: \($0.description)" }
        return all.isEmpty ? nil : all.joined(separator: "; ")
    }
}

extension FollowedTable {
    /// A table that is copied in one transaction stays marked as pending until that commits, so that it is as it was if it
    /// does not; to people it is being copied.
    func shownState(isRunning: Bool) -> State {
        state == .pending && isRunning && (rowsCopied > 0 || bytesCopied > 0) ? .copying : state
    }
}

/// Something that happened to a job.
public struct JobHappening: Encodable, Sendable {
    /// ISO 8601, UTC.
    public let at: String
    public let severity: String
    public let message: String
    public let hint: String?

    init(_ event: JobEvent) {
        at = event.at
        severity = event.severity
        message = event.message
        hint = event.hint
    }
}

public import Postgres
internal import Subscriber

/// A table of a job, and how far its copy is.
public struct JobTable: Encodable, Sendable {
    public var name: QualifiedName { QualifiedName(schema: schema, name: table) }
    private let schema: String
    private let table: String
    /// `pending`, `copying`, `catch-up`, `ready`, `unpublished`; `failed` where there is a problem.
    public let state: String
    /// Why it can't be copied, and what would mend it.
    @OrNull public private(set) var problem: JobError?
    public let rowsCopied: Int
    public let bytesCopied: Int
    /// Changes committed before this came with the copy.
    @OrNull public private(set) var snapshotLSN: LSN?
    /// What of it is not as on the source while the job follows.
    public let setAside: [JobSetAside]

    /// - Parameter isRunning: an engine is at work.
    init(_ table: FollowedTable, setAside: [JobSetAside], isRunning: Bool) {
        schema = table.name.schema
        self.table = table.name.name
        self.setAside = setAside
        problem = table.problem.flatMap { JobError(json: $0) }
        state = table.problem == nil ? table.shownState(isRunning: isRunning).rawValue : "failed"
        rowsCopied = table.rowsCopied
        bytesCopied = table.bytesCopied
        snapshotLSN = table.snapshotLSN
    }

    private enum CodingKeys: String, CodingKey {
        case schema, state, problem
        case table = "name"
        case rowsCopied = "rows_copied"
        case bytesCopied = "bytes_copied"
        case snapshotLSN = "snapshot_lsn"
        case setAside = "set_aside"
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

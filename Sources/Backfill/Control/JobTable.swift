public import Job
public import Postgres

/// A table of a job, and how far its copy is.
public struct JobTable: Encodable, Sendable {
    public var name: QualifiedName { QualifiedName(schema: schema, name: table) }
    private let schema: String
    private let table: String
    /// `pending`, `copying`, `catch-up`, `ready`, `unpublished`; `failed` where there is a problem.
    public let state: String
    /// Why it cannot be copied, and how to mend that.
    @OrNull public private(set) var problem: JobError?
    public let rowsCopied: Int
    public let bytesCopied: Int
    /// Changes committed before this came with the copy.
    @OrNull public private(set) var snapshotLSN: LSN?
    /// The parts of it that differ from the source's while the job follows.
    public let setAside: [JobSetAside]

    /// - Parameter isRunning: an engine is at work.
    init(_ table: FollowedTable, setAside: [JobSetAside], isRunning: Bool) {
        schema = table.name.schema
        self.table = table.name.name
        self.setAside = setAside
        problem = table.problem
        state = table.problem == nil ? table.shownState(isRunning: isRunning).name : "failed"
        rowsCopied = table.rowsCopied
        bytesCopied = table.bytesCopied
        snapshotLSN = table.state.snapshot
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
    /// Why it cannot be copied, and what is set aside, for people; nil where all is well.
    public var remarks: String? {
        let problem = problem.map { [[$0.message, $0.hint].compactMap(\.self).joined(separator: ". ")] } ?? []
        let all = problem + setAside.map { "set aside: \($0.description)" }
        return all.isEmpty ? nil : all.joined(separator: "; ")
    }
}

extension FollowedTable {
    /// A table that is copied in one transaction stays `pending` until that commits, so that it is as it was if it does
    /// not; to people it is being copied.
    func shownState(isRunning: Bool) -> State {
        state == .pending && isRunning && (rowsCopied > 0 || bytesCopied > 0) ? .copying : state
    }
}

extension FollowedTable.State {
    /// Its rows are copied, or brought to where the other tables are.
    var isUnderWay: Bool {
        switch self {
        case .copying, .catchUp: true
        case .pending, .ready, .unpublished: false
        }
    }

    var isReady: Bool { if case .ready = self { true } else { false } }
}

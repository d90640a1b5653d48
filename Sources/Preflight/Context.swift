public import Catalog
public import Job
public import Postgres

extension Preflight {
    /// The databases, the tables and the job that are to be examined.
    public struct Context {
        /// One of the two databases.
        public enum Endpoint {
            case connected(any CatalogReader)
            /// It could not be reached, for this reason.
            case failed(PostgresError)
            case notConfigured
        }

        public var source: Endpoint
        public var shadow: Endpoint
        public var mode: JobMode
        public var slot: String
        public var publication: String
        /// Tables that were named; empty: what the publication holds, or, where there is none, what `selection` takes in.
        public var tables: [TablePattern]
        public var selection: TableSelection
        /// The job makes the tables, and what they need, in the shadow.
        public var createsSchema: Bool
        /// From which age on a transaction counts as long, in seconds.
        public var longTransactionSeconds = 60
        /// The job's engine runs: it is the one that holds the slot.
        public var engineIsRunning = false
        /// There is a job that goes on from where it stands in its slot.
        public var jobFollowsSlot = false

        public init(
            source: Endpoint, shadow: Endpoint, mode: JobMode = .hybrid, slot: String, publication: String,
            tables: [TablePattern] = [], selection: TableSelection = TableSelection(including: [.all]),
            createsSchema: Bool = true
        ) {
            self.source = source
            self.shadow = shadow
            self.mode = mode
            self.slot = slot
            self.publication = publication
            self.tables = tables
            self.selection = selection
            self.createsSchema = createsSchema
        }

        /// Every database that is configured was reached.
        var couldConnect: Bool {
            if case .failed = source { return false }
            if case .notConfigured = source { return false }
            if case .failed = shadow { return false }
            return true
        }
    }
}

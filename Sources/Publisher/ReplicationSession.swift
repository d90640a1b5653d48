internal import Catalog
public import Libpq
public import Pgoutput
public import Postgres
internal import Scripts

/// A walsender of the source, bound to its database. One session does one of two things: it creates a slot and keeps the
/// snapshot that came with it, or it streams.
public final class ReplicationSession {
    let connection: Connection

    public init(_ source: ConnectionString, as role: String, interrupt: Interrupt) throws(PostgresError) {
        connection = try Connection(
            source.fixed(as: role).merging(["replication": "database"]), interrupt: interrupt)
        try connection.pinSettings()
    }

    /// The server's system identifier, by the replication protocol.
    public func systemIdentifier() throws(PostgresError) -> String {
        guard let row = try connection.query(Self.identifySystem).rows.first else {
            throw PostgresError("the server did not identify itself", sqlState: .protocolViolation)
        }
        return try row.string("systemid")
    }

    /// A walsender's command, which has no comment before it as a file of `sql/` has (repl_scanner.l).
    private static let identifySystem = "IDENTIFY_SYSTEM"

    /// The data as of a slot's consistent point: what committed before it is in the snapshot, what commits after it comes
    /// with the stream (manual, 49.2.4).
    public struct ExportedSnapshot: Sendable {
        public let consistentPoint: LSN
        /// For SET TRANSACTION SNAPSHOT; valid until this session's next command.
        public let name: String
    }

    /// Creates a logical slot for pgoutput and exports its snapshot. The server waits for all transactions that are running:
    /// after every ten seconds of that, `waiting` is called.
    ///
    /// Throws 42710 where the slot exists, 53400 where none is free.
    public func createSlot(
        _ name: String, temporary: Bool, waiting: () -> Void
    ) throws(PostgresError) -> ExportedSnapshot {
        let kind = temporary ? "TEMPORARY LOGICAL" : "LOGICAL"
        try connection.send("CREATE_REPLICATION_SLOT \(quoteIdentifier(name)) \(kind) pgoutput EXPORT_SNAPSHOT")
        do throws(PostgresError) {
            while try !connection.hasResult(within: 10_000) { waiting() }
        } catch {
            // A walsender that waits for transactions does not notice that its client is gone, and would create the
            // slot in the end.
            if error.origin == .interrupted { connection.cancel() }
            throw error
        }
        var snapshot: ExportedSnapshot?
        var failure: PostgresError?
        while let result = try connection.nextResult() {
            if case .failed(let error) = result.status {
                failure = error
            } else if let row = result.rows.first {
                snapshot = ExportedSnapshot(
                    consistentPoint: try row.lsn("consistent_point"), name: try row.string("snapshot_name"))
            }
        }
        if var failure {
            if failure.sqlState == .configurationLimitExceeded {
                failure.hint =
                    "Drop a slot that nobody uses (\\slots shows them), or raise max_replication_slots and restart the source."
            }
            throw failure
        }
        guard let snapshot else {
            throw PostgresError("the source created a slot without a snapshot", sqlState: .protocolViolation)
        }
        return snapshot
    }

    /// Begins to stream a slot's changes of the publication's tables, from the first transaction that ends after `start`.
    ///
    /// Throws 55006 while another session holds the slot.
    public func stream(slot: String, publication: String, from start: LSN) throws(PostgresError) -> WALStream {
        let options = ProtocolOptions(server: connection.serverVersion)
        // The walsender's grammar doubles quotes and knows no other escapes (repl_scanner.l).
        let names = "'" + doubling("'", in: quoteIdentifier(publication)) + "'"
        let result = try connection.beginCopy(
            "START_REPLICATION SLOT \(quoteIdentifier(slot)) LOGICAL \(start) (proto_version '\(options.version.rawValue)', publication_names \(names))"
        )
        guard result.status == .copyBoth else {
            throw PostgresError("the source did not start to stream", sqlState: .protocolViolation)
        }
        return WALStream(connection, options)
    }
}

/// A slot's stream: messages in, positions out.
public final class WALStream {
    private let connection: Connection
    /// In which form the messages come.
    public let options: ProtocolOptions

    init(_ connection: Connection, _ options: ProtocolOptions) {
        self.connection = connection
        self.options = options
    }

    /// For poll.
    public var descriptor: Int32 { connection.descriptor }
    public var hasUnsentData: Bool { connection.hasUnsentData }

    /// Takes in what the socket holds. Throws where the connection is lost.
    public func exchange() throws(PostgresError) { try connection.exchange() }

    /// Lends the next message of the walsender, if one has come whole.
    ///
    /// Throws the source's error where it ended the stream.
    public func tryReceive(_ body: (UnsafeRawBufferPointer) throws(PostgresError) -> Void) throws(PostgresError) -> Bool
    {
        switch try unsafe connection.tryReceiveCopyData(body) {
        case .received: return true
        case .wouldBlock: return false
        case .ended:
            // The server's reason, where it gave one.
            do throws(PostgresError) {
                try connection.endCopy()
            } catch  where error.sqlState == .undefinedObject {
                // Decoding sees the catalog as it was when the change was made (logicaldecoding.sgml, historic snapshots).
                var error = error
                error.hint =
                    "WAL is read with the catalog of its own time: making a dropped publication again does not help. Copy anew: \\backfill reset --drop-slot --yes, \\publish, \\backfill start."
                throw error
            }
            throw PostgresError(
                "the source ended the stream", sqlState: .connectionFailure, origin: .connection)
        }
    }

    /// Queues a standby status update as encoded by `StandbyStatusUpdate`.
    public func sendStatus(_ status: [UInt8]) throws(PostgresError) {
        try connection.sendCopyData(status)
    }
}

internal import Libpq
public import Postgres

/// A table's rows, or those of some of its pages, in COPY's text format (manual, COPY, "Text Format") or its
/// binary one.
public struct CopyOut: Sendable {
    public let table: QualifiedName
    /// In the order in which the copy carries them.
    public let columns: [String]
    /// Pages of the heap; nil for the whole table. The last part's range is open, so that rows after the last known
    /// page come too.
    public let pages: (first: Int, end: Int?)?

    /// A row filter of the publication; rows that do not pass it are not followed either.
    public let filter: String?
    /// Rows of a partitioned table are in its partitions.
    public let isPartitioned: Bool
    /// COPY's binary format in place of its text format.
    public let asBinary: Bool

    public init(
        table: QualifiedName, columns: [String], pages: (first: Int, end: Int?)? = nil, filter: String? = nil,
        isPartitioned: Bool = false, asBinary: Bool = false
    ) {
        self.table = table
        self.columns = columns
        self.pages = pages
        self.filter = filter
        self.isPartitioned = isPartitioned
        self.asBinary = asBinary
    }

    var statement: String {
        let list = columns.map(quoteIdentifier).joined(separator: ", ")
        let format = asBinary ? " WITH (FORMAT binary)" : ""
        var conditions: [String] = []
        if let filter { conditions.append("(\(filter))") }
        if let pages {
            conditions.append("ctid >= '(\(pages.first),0)'::pg_catalog.tid")
            if let end = pages.end { conditions.append("ctid < '(\(end),0)'::pg_catalog.tid") }
        }
        guard isPartitioned || !conditions.isEmpty else {
            // For a table without columns the column list is empty, and must not be written.
            return "COPY \(table.quoted)\(columns.isEmpty ? "" : " (\(list))") TO STDOUT\(format)"
        }
        let condition = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
        return
            "COPY (SELECT \(list) FROM \(isPartitioned ? "" : "ONLY ")\(table.quoted)\(condition)) TO STDOUT\(format)"
    }

    /// Lends the rows one by one to `row`. The session must be in a transaction that uses the job's snapshot.
    public func run(
        on session: Source, _ row: (UnsafeRawBufferPointer) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        var isOfReceiver = false
        do throws(PostgresError) {
            _ = try session.connection.beginCopy(statement)
            while try unsafe session.connection.receiveCopyData({ bytes throws(PostgresError) in
                do throws(PostgresError) {
                    try unsafe row(bytes)
                } catch {
                    isOfReceiver = true
                    throw error
                }
            }) {}
            try session.connection.endCopy()
        } catch {
            throw isOfReceiver ? error : described(error)
        }
    }

    /// The source's error with the table's name. Its context may show a row.
    private func described(_ error: PostgresError) -> PostgresError {
        guard error.origin == .server else { return error }
        var error = error
        error.context = "COPY of \(table) from the source"
        error.schema = table.schema
        error.table = table.name
        // The server regards the second as an internal error, which is not translated.
        let isTooLarge =
            error.sqlState.classCode == "54" || error.message.hasPrefix("invalid memory alloc request size")
        if error.hint == nil, isTooLarge {
            error.hint =
                "A row of 1 GB and more as text cannot be read by COPY: make its values smaller on the source, or leave the table out: \\unpublish \(table)."
        }
        return error
    }
}

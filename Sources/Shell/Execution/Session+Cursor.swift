internal import Libpq
internal import Postgres
internal import Processes

/// FETCH_COUNT: a query through a cursor, so that its result need not fit in memory (common.c, ExecQueryUsingCursor);
/// and `\gdesc`, which runs no query.
extension ShellSession {
    func runWithCursor(_ query: [UInt8], _ run: inout Run) -> Bool {
        guard let connection else { return false }
        let start = ContinuousClock.now
        var printing = printOptions
        printing.endsTable = false
        let startsTransaction = connection.transactionStatus == .idle
        if startsTransaction, !runQuietly("BEGIN") { return false }

        let declaration = Array("DECLARE _psql_cursor NO SCROLL CURSOR FOR\n".utf8) + query
        var success = runCursorStatement(declaration) != nil
        var rows = 0
        if success {
            var file: OutputStream?
            if let name = once.file {
                switch OutputStream.open(name) {
                case .success(let stream): file = stream
                case .failure(let failure):
                    log.error("\(name): \(failure.description)")
                    success = false
                }
            }
            // One row too many is enough for \gset to complain.
            let portion = once.prefix == nil ? settings.fetchCount : 2
            let fetch = Array("FETCH FORWARD \(portion) FROM _psql_cursor".utf8)
            var pager: PagerSink?
            while success {
                guard let result = runCursorStatement(fetch) else {
                    success = false
                    break
                }
                if let prefix = once.prefix {
                    success = store(result, prefix: prefix)
                    break
                }
                rows += result.rowCount
                let isLast = result.rowCount < portion
                if isLast {
                    printing.endsTable = true
                } else if pager == nil, file == nil, printing.pager != .off {
                    pager = log.queryOutput.openPager()
                }
                let sink: any TextSink = pager ?? file ?? log.queryOutput
                success = printTuples(result, printing, to: sink)
                printing.startsTable = false
                printing.priorRecords = rows
                if isLast || Signals.isCancelled { break }
            }
            file?.close()
            pager?.close(interrupted: Signals.isCancelled)
            if success { setResultVariables(success: String(rows)) }
        }
        if success {
            success = runQuietly("CLOSE _psql_cursor")
        } else {
            // It may have failed with its transaction.
            _ = try? connection.query("CLOSE _psql_cursor")
        }
        if startsTransaction, !runQuietly(success ? "COMMIT" : "ROLLBACK") { success = false }
        run.milliseconds = elapsed(since: start)
        return success
    }

    /// A statement of the cursor's; nil where it failed, which is reported.
    private func runCursorStatement(_ statement: [UInt8]) -> QueryResult? {
        guard let connection else { return nil }
        do throws(PostgresError) {
            try connection.send(bytes: statement)
            var last: QueryResult?
            var failed = false
            while let result = try connection.nextResult({ show(notices: $0, statement: statement) }) {
                if case .failed(let error) = result.status {
                    report(error, of: statement)
                    failed = true
                } else {
                    last = result
                }
            }
            return failed ? nil : last
        } catch {
            report(error, of: statement)
            return nil
        }
    }

    /// `\gdesc`: names and types of the columns that the statement would give.
    func describeResult(of query: [UInt8], _ run: inout Run) -> Bool {
        guard let connection else { return false }
        let start = ContinuousClock.now
        do throws(PostgresError) {
            let description = try connection.describe(String(decoding: query, as: UTF8.self))
            guard description.columnCount > 0 else {
                log.queryOutput.write("The command has no result, or the result has no columns.\n")
                return true
            }
            let rows = (0..<description.columnCount).map { column in
                let name = connection.quoted(description.columnName(column), asIdentifier: false) ?? "''"
                let type = description.columnType(column)
                return "(\(name), '\(type)'::pg_catalog.oid, \(description.columnTypeModifier(column)))"
            }
            let types = try connection.query(
                "SELECT name AS \"Column\", pg_catalog.format_type(tp, tpm) AS \"Type\"\nFROM (VALUES "
                    + rows.joined(separator: ",") + ") s(name, tp, tpm)")
            run.milliseconds = elapsed(since: start)
            let success = printTuples(types, printOptions, to: log.queryOutput)
            setResultVariables(success: String(types.rowCount))
            return success
        } catch {
            report(error, of: query)
            return false
        }
    }
}

internal import Commands
internal import Libpq
internal import Postgres
internal import Processes

/// Running a text of one or more statements and showing each answer as it comes (common.c, ExecQueryAndProcessResults).
extension ShellSession {
    enum Outcome { case succeeded, failed, interrupted }

    /// How `\watch` has its result shown.
    struct Watch {
        var printOptions: PrintOptions
        var output: any TextSink
    }

    func processResults(of query: [UInt8], _ run: inout Run, watch: Watch? = nil) -> Outcome {
        guard let connection else { return .failed }
        let clock = ContinuousClock()
        let start = clock.now
        let notices = { [self] (notices: [PostgresError]) in show(notices: notices, statement: query) }
        var file: OutputStream?
        var success = true
        var copies = InlineCopies.count(in: query, encoding: clientEncoding, standardStrings: standardStrings)
        do throws(PostgresError) {
            try connection.send(bytes: query)
            var next = try connection.nextResult(notices)
            while let result = next {
                var shown: QueryResult? = result
                switch result.status {
                case .failed(let error):
                    report(error, of: query, isWatch: watch != nil)
                    success = false
                    run.milliseconds = elapsed(since: start)
                    next = exitStatus == nil ? try connection.nextResult(notices) : nil
                    continue
                case .copyIn:
                    guard copies > 0 else {
                        log.error("unexpected COPY_IN result, aborting connection")
                        server(target)?.close()
                        clearConnectionVariables()
                        return .failed
                    }
                    copies -= 1
                    shown = try copyIn(connection, isBinary: result.isBinaryCopy, query, notices)
                case .copyOut:
                    let sink = copySink(watch, &file)
                    if sink == nil { success = false }
                    shown = try copyOut(connection, to: sink, query, notices)
                    // The tag would stand within the data.
                    if sink === log.queryOutput, case .command = shown?.status { shown = nil }
                default:
                    run.savepointIsGone =
                        run.savepointIsGone
                        || ["COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK"].contains(result.commandTag)
                }
                if case .failed(let error)? = shown?.status {
                    report(error, of: query, isWatch: watch != nil)
                    success = false
                    shown = nil
                }
                if !isUsable(connection) { break }
                next = try connection.nextResult(notices)
                run.milliseconds = elapsed(since: start)
                let isLast = next == nil
                if let shown {
                    if !show(shown, isLast: isLast, watch, &file) { success = false }
                    if watch == nil, isLast, success {
                        setResultVariables(success: shown.affectedRows.map(String.init) ?? "0")
                    }
                }
                if Signals.isCancelled {
                    while next != nil { next = try connection.nextResult(notices) }
                    break
                }
            }
        } catch {
            if error.origin != .interrupted { report(error, of: query, isWatch: watch != nil) }
            success = false
        }
        file?.close()
        if !success { skipData(ofCopies: copies) }
        if exitStatus == nil, !checkConnection() { return .failed }
        if Signals.isCancelled { return .interrupted }
        return success ? .succeeded : .failed
    }

    private func isUsable(_ connection: Connection) -> Bool { exitStatus == nil && connection === self.connection }

    func elapsed(since start: ContinuousClock.Instant) -> Double {
        start.duration(to: .now) / .milliseconds(1)
    }

    /// Prints an error and keeps it for `\errverbose`.
    func report(_ error: PostgresError, of query: [UInt8], isWatch: Bool = false) {
        log.info(errorText.render(error, statement: query))
        lastError = (error, query)
        if connection?.isAlive == false { checkConnection() }
        if !isWatch { setResultVariables(failure: error) }
    }

    /// Where the data of COPY TO STDOUT goes; nil where it cannot be opened, which is reported.
    private func copySink(_ watch: Watch?, _ file: inout OutputStream?) -> (any TextSink)? {
        if let watch { return watch.output }
        if case .stream(let stream) = once.copy { return stream }
        return once.file == nil ? log.queryOutput : openOnceFile(&file)
    }

    /// `\g FILE`, opened at the first result that goes there.
    private func openOnceFile(_ file: inout OutputStream?) -> OutputStream? {
        if let file { return file }
        guard let name = once.file else { return log.queryOutput }
        switch OutputStream.open(name) {
        case .success(let stream):
            file = stream
            return stream
        case .failure(let failure):
            log.error("\(name): \(failure.description)")
            return nil
        }
    }

    /// One answer (PrintQueryResult).
    private func show(_ result: QueryResult, isLast: Bool, _ watch: Watch?, _ file: inout OutputStream?) -> Bool {
        let shows = isLast || settings.showAllResults
        switch result.status {
        case .tuples:
            var success = true
            if isLast, let prefix = once.prefix {
                success = store(result, prefix: prefix)
            } else if isLast, once.executes {
                success = executeCells(of: result)
            } else if shows {
                let sink: (any TextSink)? = once.file == nil ? watch?.output ?? log.queryOutput : openOnceFile(&file)
                guard let sink else { return false }
                success = printTuples(result, watch?.printOptions ?? printOptions, to: sink)
            }
            let tag = result.commandTag
            if shows, tag.hasPrefix("INSERT") || tag.hasPrefix("UPDATE") || tag.hasPrefix("DELETE") {
                printStatus(result, to: watch?.output ?? log.queryOutput)
            }
            return success
        case .command:
            if ["CREATE", "ALTER", "DROP"].contains(where: result.commandTag.hasPrefix) { isCatalogStale = true }
            if shows { printStatus(result, to: watch?.output ?? log.queryOutput) }
            return true
        case .emptyQuery, .copyIn, .copyOut: return true
        default:
            log.error("unexpected result status")
            return false
        }
    }

    func printTuples(_ result: QueryResult, _ options: PrintOptions, to sink: any TextSink) -> Bool {
        let isCancelled = { Signals.isCancelled }
        printTable(QueryTable(result), options: options, to: sink, isCancelled: isCancelled)
        if let transcript {
            printTable(QueryTable(result), options: options, to: transcript, isCancelled: isCancelled)
        }
        guard let stream = sink as? OutputStream else { return true }
        stream.flush()
        guard stream.failure != 0 else { return true }
        log.error("could not print result table: \(SystemFailure(stream.failure).description)")
        return false
    }

    private func printStatus(_ result: QueryResult, to sink: any TextSink) {
        if !settings.quiet {
            sink.write(printOptions.format == .html ? "<p>\(result.commandTag)</p>\n" : result.commandTag + "\n")
            (sink as? OutputStream)?.flush()
        }
        transcript?.write(result.commandTag + "\n")
        setVariable("LASTOID", result.insertedOID.description)
    }

    /// `\gset`: the one row's columns become variables.
    func store(_ result: QueryResult, prefix: String) -> Bool {
        guard result.rowCount == 1 else {
            log.error(result.rowCount < 1 ? "no rows returned for \\gset" : "more than one row returned for \\gset")
            return false
        }
        for column in 0..<result.columnCount {
            let name = prefix + result.columnName(column)
            if variables.isSpecial(name) {
                log.warning("attempt to \\gset into specially treated variable \"\(name)\" ignored")
                continue
            }
            guard setVariable(name, result[0, column]) else { return false }
        }
        return true
    }

    /// `\gexec`: each value is a statement.
    private func executeCells(of result: QueryResult) -> Bool {
        // The statements are not themselves subject to it.
        let saved = once
        once = Once()
        defer { once = saved }
        var success = true
        for row in 0..<result.rowCount {
            for column in 0..<result.columnCount {
                guard let statement = result[row, column] else { continue }
                if Signals.isCancelled || exitStatus != nil { return success }
                if settings.echo == .all, !settings.singleStep {
                    standardOutput.write(statement + "\n")
                    standardOutput.flush()
                }
                if !sendQuery(Array(statement.utf8)) {
                    success = false
                    if settings.onErrorStop { return false }
                }
            }
        }
        return success
    }
}

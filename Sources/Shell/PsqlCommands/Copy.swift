import Glibc
internal import Libpq
internal import Postgres
internal import Processes

/// `\copy` (copy.c, do_copy).
extension ShellSession {
    /// Opens the file, sends the COPY as a statement of the user's, and lets its data flow.
    func copy(_ line: String?) -> Bool {
        guard let line else {
            log.error("\\copy: arguments required")
            return false
        }
        let command: CopyCommandLine
        do throws(CopyCommandLine.ParseFailure) {
            command = try CopyCommandLine(parsing: line, standardStrings: standardStrings)
        } catch {
            log.error(
                error.token.map { "\\copy: parse error at \"\($0)\"" } ?? "\\copy: parse error at end of line")
            return false
        }
        return command.isFrom ? copyFrom(command) : copyTo(command)
    }

    private func copyFrom(_ command: CopyCommandLine) -> Bool {
        switch command.endpoint {
        case .here: return send(command, .reader(input))
        case .standard: return send(command, .reader(standardInput))
        case .file(let name):
            let path = Path.canonical(expandTilde(name))
            guard isNoFolder(path) else { return false }
            switch LineReader.open(path) {
            case .failure(let failure): return fail("\(path): \(failure.description)")
            case .success(let reader): return send(command, .reader(reader))
            }
        case .program(let program):
            log.flush()
            switch ShellCommand.start(program, .reading) {
            case .failure(let failure):
                return fail("could not execute command \"\(program)\": \(failure.description)")
            case .success(let child):
                let reader = LineReader(descriptor: child.descriptor, owned: true)
                let success = send(command, .reader(reader))
                return settle(child.wait(), program) && success
            }
        }
    }

    private func copyTo(_ command: CopyCommandLine) -> Bool {
        switch command.endpoint {
        case .here: return send(command, .stream(log.queryOutput))
        case .standard: return send(command, .stream(standardOutput))
        case .file(let name):
            let path = Path.canonical(expandTilde(name))
            guard isNoFolder(path) else { return false }
            switch OutputStream.open(path) {
            case .failure(let failure): return fail("\(path): \(failure.description)")
            case .success(let stream):
                let success = send(command, .stream(stream))
                guard stream.close() != nil else {
                    return fail("\(path): \(SystemFailure(stream.failure).description)")
                }
                return success
            }
        case .program(let program):
            log.flush()
            switch OutputStream.open("|" + program) {
            case .failure(let failure):
                return fail("could not execute command \"\(program)\": \(failure.description)")
            case .success(let stream):
                let success = send(command, .stream(stream))
                return settle(stream.close() ?? .success, program) && success
            }
        }
    }

    private func send(_ command: CopyCommandLine, _ endpoint: CopyEndpoint) -> Bool {
        once.copy = endpoint
        return sendQuery(Array(command.statement.utf8))
    }

    private func settle(_ status: ProcessStatus, _ program: String) -> Bool {
        status == .success ? true : fail("\(program): \(status.description)")
    }

    private func isNoFolder(_ path: String) -> Bool {
        var information = stat()
        guard unsafe stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else { return true }
        return fail("\(path): cannot copy from/to a directory")
    }

    private func fail(_ message: String) -> Bool {
        log.error(message)
        return false
    }
}

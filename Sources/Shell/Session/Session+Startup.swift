import Glibc
internal import Libpq
internal import Postgres
internal import Processes

/// From the options to the end of the last action (startup.c, main).
extension ShellSession {
    /// The version of psql whose behaviour the shell has.
    public static let psqlVersion = "15.20"
    static let psqlVersionNumber = "150020"

    var isTerminal: Bool { isatty(0) == 1 && isatty(1) == 1 }

    func runActions() -> Int32 {
        if let failure = applyOptions() { return failure }
        var actions = options.actions
        if actions.isEmpty, !isTerminal { actions = [.file("")] }
        if options.singleTransaction, actions.isEmpty {
            log.error("-1 can only be used in non-interactive mode")
            return 1
        }
        guard connectAtStart() else { return 2 }
        if options.listsDatabases {
            readStartupFiles()
            return runCommand(Array("l".utf8)) ? 0 : 1
        }
        if let file = options.logFile {
            switch OutputStream.open(file, append: true) {
            case .success(let stream): transcript = stream
            case .failure(let failure):
                log.error("could not open log file \"\(file)\": \(failure.description)")
                return 1
            }
        }
        readStartupFiles()
        if let exitStatus { return exitStatus }
        return actions.isEmpty ? runInteractively() : run(actions)
    }

    /// Puts the options into force; an exit status where one is invalid.
    private func applyOptions() -> Int32? {
        log.isTerse = false
        let defaults = [
            "VERSION": "scry-backfill (psql \(Self.psqlVersion))", "VERSION_NAME": Self.psqlVersion,
            "VERSION_NUM": Self.psqlVersionNumber, "LAST_ERROR_MESSAGE": "", "LAST_ERROR_SQLSTATE": "00000",
            "AUTOCOMMIT": "on", "SHOW_ALL_RESULTS": "on",
            "PROMPT1": options.programName == "psql" ? Prompt.psqlDefaultPrompt : Prompt.defaultPrompt,
            "PROMPT2": options.programName == "psql" ? Prompt.psqlDefaultPrompt : Prompt.defaultPrompt,
            "PROMPT3": ">> ",
        ]
        for (name, value) in defaults { setVariable(name, value) }
        printOptions.environmentColumns = Environment["COLUMNS"].flatMap { Int($0) } ?? 0
        for setting in options.printSettings {
            guard applyPrintSetting(setting.name, setting.value, announces: false) else {
                log.error("could not set printing parameter \"\(setting.name)\"")
                return 1
            }
        }
        for assignment in options.variables {
            guard setVariable(assignment.name, assignment.value) else { return 1 }
        }
        if let output = options.output, !setQueryOutput(output) { return 1 }
        return nil
    }

    private func run(_ actions: [ShellOptions.Action]) -> Int32 {
        var status: Int32 = 0
        if options.singleTransaction, !execute("BEGIN"), settings.onErrorStop { return 3 }
        for action in actions {
            switch action {
            case .command(let text):
                log.isTerse = true
                if settings.echo == .all { standardOutput.write(text + "\n") }
                if text.hasPrefix("\\") {
                    status = runCommand(Array(text.utf8.dropFirst())) ? 0 : 1
                } else {
                    status = sendQuery(Array(text.utf8)) ? 0 : 1
                }
            case .file(let name):
                status = processFile(name.isEmpty ? nil : name, isRelative: false)
            }
            if let exitStatus { return exitStatus }
            if status != 0, settings.onErrorStop { break }
        }
        if options.singleTransaction {
            let fails = status != 0 && settings.onErrorStop
            if !execute(fails ? "ROLLBACK" : "COMMIT"), settings.onErrorStop { return 3 }
        }
        return exitStatus ?? status
    }

    /// One meta-command of `-c`, without its backslash.
    private func runCommand(_ text: [UInt8]) -> Bool {
        let scan = ScanState(session: self, hasBuffer: false)
        scan.begin(text)
        return handleCommand(scan) != .failed
    }

    private func runInteractively() -> Int32 {
        log.isTerse = true
        if let greeting = options.greeting {
            for line in greeting { standardOutput.write(line + "\n") }
            standardOutput.write("\n")
        } else if !settings.quiet {
            connectionWarnings(atStart: true)
            standardOutput.write("Type \"help\" for help.\n\n")
        }
        let edited: (any TerminalReader)? = options.editsLines ? EditedTerminal(session: self) : nil
        terminal =
            edited ?? PlainTerminal(output: standardOutput, reader: standardInput, interrupt: interrupt)
        defer { terminal = nil }
        return mainLoop(standardInput)
    }

    /// `psqlrc` of the system and the user's, for the shell that stands in for psql; otherwise the shell's own
    /// `~/.scry-backfillrc`, and psql's where PSQLRC names it.
    private func readStartupFiles() {
        guard options.readsStartupFile else { return }
        let home = Environment["HOME"] ?? ""
        if options.programName == "psql" { readStartupFile("/etc/postgresql-common/psqlrc") }
        if let named = Environment["PSQLRC"], !named.isEmpty {
            readStartupFile(expandTilde(named))
        } else if !home.isEmpty {
            readStartupFile(options.programName == "psql" ? "\(home)/.psqlrc" : "\(home)/.scry-backfillrc")
        }
    }

    private func readStartupFile(_ path: String) {
        let versions = ["\(path)-\(Self.psqlVersion)", "\(path)-15", path]
        guard let found = versions.first(where: { unsafe access($0, R_OK) == 0 }) else { return }
        _ = processFile(found, isRelative: false)
    }

    /// Reads a script to its end; nil is standard input without a name, `-` the same with one.
    ///
    /// Returns the main loop's status, 1 where the file cannot be opened.
    func processFile(_ name: String?, isRelative: Bool) -> Int32 {
        var shown = name
        var reader = standardInput
        if name == "-" {
            shown = "<stdin>"
        } else if let name {
            var path = Path.canonical(name)
            if isRelative, let including = log.file, !path.hasPrefix("/") {
                path = Path.canonical(Path.parent(including) + path)
            }
            switch LineReader.open(path) {
            case .failure(let failure):
                log.error("\(path): \(failure.description)")
                log.advice("Check the file's name and permissions.")
                return 1
            case .success(let opened): reader = opened
            }
            shown = path
        }
        let previous = log.file
        log.file = shown
        log.isTerse = shown == nil
        defer {
            log.file = previous
            log.isTerse = previous == nil
        }
        return mainLoop(reader)
    }
}

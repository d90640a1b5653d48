internal import Commands
public import Configuration
import Glibc
public import Libpq
internal import Postgres

/// The shell: psql's language over two servers, and the program's own commands. It lives on the main thread, which owns
/// its connections and the terminal; Ctrl-C only fires the interrupt.
public final class ShellSession {
    /// What the next statement does with its result; reset after it.
    struct Once {
        /// `\g FILE`
        var file: String?
        /// `\gset`
        var prefix: String?
        /// `\gdesc`
        var describes = false
        /// `\gexec`
        var executes = false
        /// The print options to go back to (`\g (option=value)`, `\gx`).
        var savedPrintOptions: PrintOptions?
        /// Where `\copy` reads or writes.
        var copy: CopyEndpoint?
    }

    let options: ShellOptions
    let context: CommandContext
    let interrupt: Interrupt
    var variables = VariableSpace()
    var printOptions = PrintOptions()
    let log: MessageLog
    let standardInput = LineReader(descriptor: 0)
    var target = Target.source
    /// A script's `\use` failed: SQL goes nowhere, until `\use` or `\connect` succeeds.
    var hasLostTarget = false
    /// Where lines come from now, which is also where the data of COPY FROM STDIN comes from.
    var input: LineReader
    /// Lines are typed by a person at a prompt.
    var isInteractive = false
    /// The line within the statement, from 1.
    var statementLine = 1
    var once = Once()
    var isTiming = false
    var lastError: (error: PostgresError, statement: [UInt8]?)?
    /// `\restrict`: only `\unrestrict` with this key is accepted.
    var restriction: String?
    /// Set where the shell must end whatever it is doing: a connection lost in a script.
    var exitStatus: Int32?
    /// `-L`.
    var transcript: OutputStream?
    var clientEncoding = ClientEncoding.utf8
    var firstPromptWidth = 0
    var terminal: (any TerminalReader)?
    /// The catalog may have other names than when completion last read it.
    var isCatalogStale = true
    let jobWarnings: JobWarnings
    /// Parameters of the connection that was lost, for `\connect`.
    var lostParameters: ConnectionString?

    var settings: ShellSettings { variables.settings }
    var standardOutput: OutputStream { log.standardOutput }

    /// - Parameters:
    ///   - source: where the connection to the source is to be made; what it leaves out libpq finds as psql's does.
    ///   - shadow: the same for the shadow, nil where none is configured.
    ///   - interrupt: fired by Ctrl-C.
    public init(
        options: ShellOptions, configuration: Configuration, source: ConnectionString, shadow: ConnectionString?,
        interrupt: Interrupt
    ) {
        self.options = options
        self.interrupt = interrupt
        let isRegression = Environment["PGAPPNAME"]?.hasPrefix("pg_regress/") == true
        log = MessageLog(
            programName: isRegression ? "psql" : options.programName, standardOutput: OutputStream(descriptor: 1),
            standardError: OutputStream(descriptor: 2))
        input = standardInput
        jobWarnings = JobWarnings(slot: configuration.source.replicationSlot)
        let isTerminal = isatty(0) == 1 && isatty(1) == 1
        let log = log
        context = CommandContext(
            configuration: configuration, interrupt: interrupt,
            source: Server(.source, source, interrupt: interrupt),
            shadow: shadow.map { Server(.shadow, $0, interrupt: interrupt) },
            isInteractive: isTerminal,
            ask: { question in
                log.flush()
                return PasswordPrompt.ask(question, echo: true, interrupt: interrupt)
            },
            askSecret: { question in
                log.flush()
                return PasswordPrompt.ask(question, echo: false, interrupt: interrupt)
            },
            report: { line in log.raw(line + "\n") })
        for server in [context.source, context.shadow] {
            server?.connector = { [unowned self] parameters throws(PostgresError) in try connect(parameters) }
        }
    }

    /// Runs what the options ask for, or reads standard input to its end.
    ///
    /// Returns psql's exit status: 0; 1 for a failure of the shell's own or of the last `-c`; 2 where the connection could
    /// not be made or was lost; 3 where ON_ERROR_STOP ended a script.
    public func run() -> Int32 {
        Signals.install(interrupt)
        setLocale()
        let status = runActions()
        log.flush()
        let closed = log.queryOutput
        log.queryOutput = standardOutput
        if closed !== standardOutput { closed.close() }
        transcript?.close()
        standardOutput.flush()
        return status
    }

    /// A server by what the shell calls it; nil where no shadow is configured.
    func server(_ target: Target) -> Server? {
        switch target {
        case .source: context.source
        case .shadow: context.shadow
        }
    }

    /// The current target's connection; nil without one. It may have been lost.
    var connection: Connection? { hasLostTarget ? nil : server(target)?.current }

    /// As psql's standard_strings(): false without a connection.
    var standardStrings: Bool { connection?.parameterStatus("standard_conforming_strings") == "on" }

    var errorText: ErrorText {
        ErrorText(
            verbosity: settings.verbosity, showContext: settings.showContext, encoding: printOptions.encoding)
    }

    /// Sets a variable and reports why it cannot be.
    @discardableResult
    func setVariable(_ name: String, _ value: String?) -> Bool {
        do throws(PostgresError) {
            try variables.set(name, value)
            return true
        } catch {
            log.error(error.message)
            return false
        }
    }
}

/// The process's environment.
enum Environment {
    static subscript(name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}

import ArgumentParser
import Backfill
import Commands
import Configuration
import Glibc
import Libpq
import Logging
import Postgres

/// The engine in the foreground.
///
/// The first SIGTERM or SIGINT lets it finish the transaction in hand; a second one ends the process at once, which costs
/// nothing but the time to begin anew, since all progress is committed in the shadow.
struct RunCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "copy and follow in the foreground, until stopped",
        discussion: "Each key of the configuration is an option, too: --backfill.mode=cdc, --backfill.jobs=8.")

    @OptionGroup var servers: ServerOptions

    @Option(
        help: ArgumentHelp("\(Self.levels) (default: info; on a terminal notice).", valueName: "level"),
        transform: { text in
            guard let level = Logger.Level(rawValue: text) else {
                throw ValidationError("a log level is one of \(Self.levels)")
            }
            return level
        })
    var logLevel: Logger.Level?

    private static let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")

    func run(in environment: ProgramEnvironment) async throws(PostgresError) -> Int32 {
        let isTerminal = isatty(2) == 1
        let configuration = try servers.configuration(environment).configuration
        let settings = try JobSettings(configuration)
        let stop = try Interrupt()
        StopSignals.fire(stop)
        var logger = Logger(label: "scry-backfill") { _ in TextLogHandler(clearsLine: isTerminal) }
        logger.logLevel = logLevel ?? (isTerminal ? .notice : .info)
        let engine = Engine(settings, logger: logger, stop: stop)
        var metrics: MetricsService?
        if let address = configuration.metrics.listen {
            let service = try await MetricsService(on: address, of: settings, engine.counters)
            logger.notice("metrics on http://\(service.address)/metrics")
            metrics = service
        }
        let progress = RunProgress(settings, ended: try Interrupt())
        let shown = isTerminal ? Task { try? await onThread("progress") { _ in progress.show() } } : nil
        var failure: PostgresError?
        do throws(PostgresError) {
            try await onThread("engine") { _ throws(PostgresError) in try engine.run() }
        } catch {
            failure = error
        }
        progress.ended.fire()
        await shown?.value
        await metrics?.stop()
        guard let failure else {
            if let line = try? await onThread("report", { _ throws(PostgresError) in try progress.line() }) {
                logger.notice("ended: \(line)")
            }
            return 0
        }
        // Only an error that needs a person is left here, a refused connection too.
        _ = ErrorReport(program: environment.name).failure(failure)
        return 1
    }
}

internal import Backfill
internal import Catalog
internal import Configuration
internal import Foundation
internal import Job
internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher

private struct StartArguments: CommandArguments {
    var tables: [String] = []
    var mode: JobMode?

    private static let modes = JobMode.allCases.map(\.rawValue)

    static var declared: [Argument<Self>] {
        [
            .operands(\.tables, .tables),
            .value("--mode", "MODE", \.mode, .words(modes)) { text throws(PostgresError) in
                guard let mode = JobMode(rawValue: text) else {
                    throw PostgresError(
                        "invalid mode \"\(text)\"",
                        hint: closestMatch(to: text, among: modes).map { "Perhaps you meant \"\($0)\"." }
                            ?? "It is one of \(modes.joined(separator: ", ")).", sqlState: .invalidParameterValue)
                }
                return mode
            },
        ]
    }
}

extension Command {
    static let backfillStart = Command(
        "backfill start", "[TABLE ...] [--mode hybrid|snapshot|cdc]",
        help: "start the engine: copy the tables, then follow their changes",
        arguments: StartArguments.self
    ) { context, arguments throws(PostgresError) in
        var configuration = try context.jobConfiguration()
        if let mode = arguments.mode { configuration.backfill.mode = mode }
        let control = try context.jobControl()
        try control.bringUpToDate()
        let before = try control.status(source: nil)
        if before.engine.running {
            return started("the engine is already running", before)
        }
        if before.state != .none, let mode = before.mode, arguments.mode != nil,
            mode != configuration.backfill.mode
        {
            throw PostgresError(
                "the job of slot \"\(configuration.source.replicationSlot)\" is in mode \(mode.rawValue)",
                hint: "Start it without --mode, or forget it first with \\backfill reset.")
        }
        if let mode = before.mode { configuration.backfill.mode = mode }
        try choose(arguments.tables, &configuration, context)
        try launch(configuration, control, context)
        return started("the engine has been started", try control.status(source: nil))
    }

    /// The tables that were named: checked, and published if there is a publication already; else the engine makes one of
    /// them.
    private static func choose(
        _ operands: [String], _ configuration: inout Configuration, _ context: CommandContext
    ) throws(PostgresError) {
        let source = try context.openSource()
        var named: [QualifiedName] = []
        for operand in operands {
            let tables = try source.tables(matching: TablePattern(operand))
            guard !tables.isEmpty else {
                throw PostgresError(
                    "no table matches \"\(operand)\"", hint: "\\tables lists those of the source.",
                    sqlState: .undefinedTable)
            }
            named += tables.map(\.name)
        }
        let targets = named.map { TablePattern(exactly: $0) }
        if !targets.isEmpty {
            configuration.backfill.includeTables = targets
            configuration.backfill.excludeTables = []
        }
        let settings = try JobSettings(configuration)
        let engine = Engine(settings, logger: Logger(label: "check"), stop: context.interrupt)
        try engine.examine(publishing: named)
        guard !targets.isEmpty, settings.mode != .snapshot, try source.publication(settings.publication) != nil else {
            return
        }
        let change = try source.publish(.tables(targets.map { PublicationTarget($0) }), in: settings.publication)
        for name in change.added { context.progress("published \(name)") }
    }

    /// Starts the process and waits until it holds the job.
    private static func launch(
        _ configuration: Configuration, _ control: JobControl, _ context: CommandContext
    ) throws(PostgresError) {
        let log = try EngineLog.path(slot: configuration.source.replicationSlot)
        var environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("SCRY_BACKFILL_")
                || !$0.key.contains("__") && $0.key != "SCRY_BACKFILL_SOURCE"
                    && $0.key != "SCRY_BACKFILL_SHADOW"
        }
        environment.merge(configuration.environment) { _, ours in ours }
        let process = try EngineProcess(
            "/proc/self/exe", ["run", "--config", "/dev/null"], environment: environment, log: log)
        while true {
            if try control.isUnderWay(by: process.pid) { return }
            if let status = process.exitStatus() {
                // A copy alone may be over already.
                if status == 0 { return }
                if let error = try control.status(source: nil).error { throw error.error }
                throw PostgresError(
                    "the engine ended with exit status \(status)", detail: EngineLog.tail(log),
                    hint: "Its log is \(log).")
            }
            if Wait.poll([], interrupt: context.interrupt, milliseconds: 50) == .interrupted {
                context.interrupt.clear()
                throw PostgresError(
                    "did not wait: the engine (pid \(process.pid)) goes on",
                    hint: "See \\backfill status, or its log \(log).", sqlState: .queryCanceled)
            }
        }
    }

    private static func started(_ message: String, _ status: JobStatus) -> Output {
        let pid = status.engine.pid.map { " (pid \($0))" } ?? ""
        return Output([.text("\(message)\(pid)")], document: status)
    }
}

/// Where a detached engine's output goes: `$XDG_STATE_HOME/scry-backfill/SLOT.log`.
enum EngineLog {
    /// The path, its folder made where it is missing.
    static func path(slot: String) throws(PostgresError) -> String {
        let variables = ProcessInfo.processInfo.environment
        let home = variables["HOME"] ?? NSHomeDirectory()
        let state = variables["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.local/state"
        let folder = state + "/scry-backfill"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw PostgresError(
                "could not create the folder \"\(folder)\" for the engine's log: \(error.localizedDescription)",
                hint: "Set XDG_STATE_HOME to a folder that you may write.", sqlState: .ioError)
        }
        return "\(folder)/\(slot).log"
    }

    /// Its last lines.
    static func tail(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let lines = String(decoding: data.suffix(4096), as: UTF8.self).split(separator: "\n").suffix(5)
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}

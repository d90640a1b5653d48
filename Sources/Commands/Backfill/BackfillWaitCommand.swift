internal import Backfill
internal import Configuration
internal import Job
internal import Libpq
internal import Postgres
internal import Publisher

private struct WaitArguments: CommandArguments {
    var goal = ""
    var timeout: Double?

    static var declared: [Argument<Self>] {
        [.operand(\.goal, .words(["snapshot", "caught-up"])), .seconds("--timeout", \.timeout)]
    }
}

extension Command {
    static let backfillWait = Command(
        "backfill wait", "snapshot|caught-up [--timeout SECONDS]",
        help: "wait until the copy is complete, or all that the source has committed by now is in the shadow",
        arguments: WaitArguments.self
    ) { context, arguments throws(PostgresError) in
        let control = try context.jobControl()
        let milliseconds = arguments.timeout.map { Int(($0 * 1000).rounded(.up)) }
        let goal: JobControl.Goal
        switch arguments.goal {
        case "snapshot": goal = .snapshot
        case "caught-up": goal = try control.caughtUp(with: try context.source.connection())
        case let other:
            throw PostgresError(
                "cannot wait for \"\(other)\"",
                hint: closestMatch(to: other, among: ["snapshot", "caught-up"]).map { "Perhaps you meant \"\($0)\"." }
                    ?? "It is snapshot or caught-up.", sqlState: .syntaxError)
        }
        try wait(for: goal, control, milliseconds: milliseconds, context)
        let status = try context.jobControl().status(source: context.reachableSource)
        let said = arguments.goal == "snapshot" ? "the copy is complete" : "the shadow has caught up"
        return Output([.text("\(said) (\(status.appliedLSN?.description ?? "no stream"))")], document: status)
    }
    /// A shadow that goes away meanwhile comes back: its engine waits for it too.
    private static func wait(
        for goal: JobControl.Goal, _ control: JobControl, milliseconds: Int?, _ context: CommandContext
    ) throws(PostgresError) {
        let start = ContinuousClock.now
        var control: JobControl? = control
        var isReported = false
        while true {
            let spent = Int(start.duration(to: .now) / .milliseconds(1))
            do throws(PostgresError) {
                let asked = if let control { control } else { try context.jobControl() }
                return try asked.wait(
                    for: goal, milliseconds: milliseconds.map { max(0, $0 - spent) }, interrupt: context.interrupt)
            } catch {
                let isOver = milliseconds.map { start.duration(to: .now) >= .milliseconds($0) } ?? false
                // The copy was the only thing left to wait for.
                if let milliseconds, isOver, error.sqlState == .queryCanceled, error.origin == .client {
                    throw JobFault.notYetReached(seconds: milliseconds / 1000)
                }
                guard error.isSafeToRetry else { throw error }
                if let milliseconds, isOver {
                    throw JobFault.notYetReached(
                        seconds: milliseconds / 1000,
                        detail: "The shadow could not be asked any more: \(error.message).")
                }
                if !isReported { context.progress("the shadow is away, waiting for it: \(error.message)") }
                isReported = true
                control = nil
            }
            if Wait.poll([], interrupt: context.interrupt, milliseconds: 500) == .interrupted {
                context.interrupt.clear()
                throw Interrupt.error
            }
        }
    }
}

internal import Backfill
internal import Configuration
internal import Libpq
internal import Postgres
internal import Publisher

extension Command {
    static let backfillWait = Command(
        "backfill wait", "snapshot|caught-up [--timeout SECONDS]",
        help: "wait until the copy is complete, or all that the source has committed by now is in the shadow",
        grammar: Grammar(
            operands: 1...1, completion: .words(["snapshot", "caught-up"]), options: [.value("--timeout", "SECONDS")])
    ) { context, arguments throws(PostgresError) in
        let control = try context.jobControl()
        let seconds = try arguments.number("--timeout", minimum: 0)
        let milliseconds = seconds.map { Int(($0 * 1000).rounded(.up)) }
        switch arguments.operands[0] {
        case "snapshot":
            try control.wait(for: .snapshot, milliseconds: milliseconds, interrupt: context.interrupt)
        case "caught-up":
            try control.waitUntilCaughtUp(
                with: try context.source.connection(), milliseconds: milliseconds, interrupt: context.interrupt)
        case let other:
            throw PostgresError(
                "can't wait for \"\(other)\"",
                hint: closestMatch(to: other, among: ["snapshot", "caught-up"]).map { "Perhaps you meant \"\($0)\"." }
                    ?? "It is snapshot or caught-up.", sqlState: .syntaxError)
        }
        let status = try control.status(source: context.reachableSource)
        let said = arguments.operands[0] == "snapshot" ? "the copy is complete" : "the shadow has caught up"
        return Output([.text("\(said) (\(status.appliedLSN?.description ?? "no stream"))")], document: status)
    }
}

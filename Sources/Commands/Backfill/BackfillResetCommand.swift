internal import Backfill
internal import Catalog
internal import Configuration
internal import Job
internal import Libpq
internal import Postgres
internal import Publisher

private struct ResetArguments: CommandArguments {
    var dropsSlot = false
    var dropsPublication = false
    var yes = false

    static var declared: [Argument<Self>] {
        [
            .flag("--drop-slot", \.dropsSlot), .flag("--drop-publication", \.dropsPublication), .flag("--yes", \.yes),
        ]
    }
}

extension Command {
    static let backfillReset = Command(
        "backfill reset", "[--drop-slot] [--drop-publication] [--yes]",
        help: "forget the job; the shadow's tables stay",
        arguments: ResetArguments.self
    ) { context, arguments throws(PostgresError) in
        let control = try context.jobControl()
        let status = try control.status(source: nil)
        guard !status.engine.running else {
            throw JobFault.engineIsRunning(status.slot)
        }
        try context.confirm(
            "The job of slot \"\(status.slot)\" will be forgotten; the shadow's tables stay. Type the slot's name: ",
            expecting: status.slot, yes: arguments.yes, of: "\\backfill reset")
        var done: [String] = []
        // A start that was cut off may have left a slot and a publication on the source, which nobody else knows of.
        if try control.hasUnfinishedStart {
            done += try control.undoStart(on: try context.source.connection(), interrupt: context.interrupt)
        }
        if arguments.dropsSlot || arguments.dropsPublication {
            let publication = status.publication ?? context.configuration.source.publicationName
            let gone = try context.openSource().dropTraces(
                ofSlot: status.slot, dropsSlot: arguments.dropsSlot,
                publication: arguments.dropsPublication ? publication : nil)
            if gone.slot { done.append("slot \"\(status.slot)\" dropped") }
            if gone.publication { done.append("publication \"\(publication)\" dropped") }
        }
        done += try control.reset()
        done.append(status.state == .none ? "there is no job" : "the job has been forgotten")
        return Output(done.map { .text($0) }, document: try control.status(source: nil))
    }
}

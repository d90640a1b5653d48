internal import Backfill
internal import Libpq
internal import Postgres

extension Command {
    static let backfillStop = Command(
        "backfill stop", "", help: "stop the engine at a committed point; \\backfill start goes on from there"
    ) { context, arguments throws(PostgresError) in
        let control = try context.jobControl()
        let stopped = try control.stop(interrupt: context.interrupt)
        return Output(
            [.text(stopped ? "the engine has stopped" : "the engine is not running")],
            document: try control.status(source: nil))
    }
}

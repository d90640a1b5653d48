internal import Backfill
internal import Postgres

extension Command {
    static let ddl = Command("ddl", "", help: "list the schema changes seen on the source and what was done about each")
    {
        context, arguments throws(PostgresError) in
        let changes = try context.jobControl().schemaChanges(latest: 1000)
        let table = OutputTable(
            title: "Schema changes of the source",
            columns: [
                .init("time"), .init("seen at"), .init("table"), .init("change"), .init("action"),
                .init("ms", rightAligned: true),
            ],
            rows: changes.map {
                [
                    $0.at, $0.position.description, $0.table.description, $0.change, $0.action,
                    String(Int($0.milliseconds.rounded())),
                ]
            })
        return Output([.table(table)], document: ["changes": changes])
    }
}

internal import Backfill
internal import Job
internal import Libpq
internal import Postgres

extension Command {
    static let backfillTables = Command("backfill tables", "", help: "list the job's tables and how far each is copied")
    {
        context, arguments throws(PostgresError) in
        let control = try context.jobControl()
        let tables = try control.tables()
        let others = try control.setAside().filter { $0.table == nil }
        let table = OutputTable(
            title: "Tables of the job",
            columns: [
                .init("table"), .init("state"), .init("rows copied", rightAligned: true),
                .init("copied", rightAligned: true), .init("snapshot"), .init("problem"),
            ],
            rows: tables.map {
                [
                    $0.name.description, $0.state, String($0.rowsCopied), byteText($0.bytesCopied),
                    $0.snapshotLSN?.description,
                    $0.remarks,
                ]
            })
        return Output(
            [.table(table)] + others.map { .text("set aside: \($0.description)") },
            document: TablesDocument(tables: tables, setAside: others))
    }

    static let backfillEvents = Command("backfill events", "", help: "show the job's latest events") {
        context, arguments throws(PostgresError) in
        let events = try context.jobControl().events(latest: 100)
        let table = OutputTable(
            title: "Events of the job", columns: [.init("time"), .init("severity"), .init("message"), .init("hint")],
            rows: events.map { [$0.at, $0.severity.rawValue, $0.message, $0.hint] })
        return Output([.table(table)], document: ["events": events])
    }
}

private struct TablesDocument: Encodable, Sendable {
    let tables: [JobTable]
    /// The objects set aside that do not belong to one table.
    let setAside: [JobSetAside]

    private enum CodingKeys: String, CodingKey {
        case tables
        case setAside = "set_aside"
    }
}

internal import Backfill
internal import Catalog
internal import Libpq
internal import Postgres
internal import Publisher

private struct VerifyArguments: CommandArguments {
    var tables: [String] = []
    var schema = false

    static var declared: [Argument<Self>] {
        [.operands(\.tables, .tables), .flag("--schema", \.schema)]
    }
}

extension Command {
    static let verify = Command(
        "verify", "--schema [TABLE ...]",
        help: "compare the shadow's schema with the source's, and say which differences are meant",
        arguments: VerifyArguments.self
    ) { context, arguments throws(PostgresError) in
        guard arguments.schema else {
            throw PostgresError(
                "rows cannot be compared yet", hint: "\\verify --schema compares the schema of both sides.",
                sqlState: .featureNotSupported)
        }
        let settings = try JobSettings(try context.jobConfiguration())
        var tables: [QualifiedName]?
        if !arguments.tables.isEmpty {
            var patterns: [TablePattern] = []
            for operand in arguments.tables { patterns.append(try TablePattern(operand)) }
            tables = try context.openSource().tables(named: patterns).map(\.name)
        }
        let report = try SchemaProof(settings, interrupt: context.interrupt).run(tables)
        return Output(blocks(report), document: report, succeeded: report.passed)
    }

    private static func blocks(_ report: SchemaReport) -> [Output.Block] {
        var blocks: [Output.Block] = []
        if !report.differences.isEmpty {
            let table = OutputTable(
                title: "Differences of the schema",
                columns: ["table or object", "what", "source", "shadow", "meant"].map { .init($0) },
                rows: report.differences.map { entry in
                    [
                        "\(entry.type) \(entry.identity)", entry.what, entry.source.map(cut), entry.shadow.map(cut),
                        entry.reason ?? "no",
                    ]
                })
            blocks.append(.table(table))
        }
        blocks.append(.text(summary(report)))
        if report.isCopying {
            blocks.append(
                .warning(
                    "tables are still being copied, and their keys and indexes come after their rows",
                    hint: "Compare again after \\backfill wait snapshot."))
        }
        return blocks
    }

    private static func summary(_ report: SchemaReport) -> String {
        let compared = "\(report.objects) object\(report.objects == 1 ? "" : "s") compared"
        let differences = report.differences.count
        guard differences > 0 else { return "\(compared): no difference" }
        let meant = report.differences.count(where: \.meant)
        return "\(compared): \(differences) differ\(differences == 1 ? "s" : ""), \(meant) of them meant"
    }

    /// A value as it fits in a table: its beginning, on one line.
    private static func cut(_ value: String) -> String {
        let line = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 60 ? line.prefix(57) + "..." : line
    }
}

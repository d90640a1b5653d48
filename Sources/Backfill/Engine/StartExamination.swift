internal import Catalog
internal import Job
internal import Postgres
internal import Preflight
internal import Publisher
internal import Subscriber

/// The conditions that must hold before a new job changes anything: the preflight, and that the shadow's tables are
/// empty.
struct StartExamination {
    private let settings: JobSettings
    private let source: Source
    private let shadow: Shadow

    init(_ settings: JobSettings, _ source: Source, _ shadow: Shadow) {
        self.settings = settings
        self.source = source
        self.shadow = shadow
    }

    /// - Parameter others: tables that are about to be published.
    func run(publishing others: [QualifiedName] = []) throws(PostgresError) {
        try preflight()
        let planned = try JobTables(settings, source).planned()
        if settings.mode.copies { try Self.requireNoRows(in: planned + others, shadow) }
    }

    /// The same checks as `\check`; the first fault is the error, the others its detail.
    private func preflight() throws(PostgresError) {
        let report = try Preflight.run(
            Preflight.Context(
                source: .connected(source), shadow: .connected(shadow), mode: settings.mode, slot: settings.slot,
                publication: settings.publication, selection: settings.selection,
                createsSchema: settings.copySchema && settings.mode.copies))
        let faults = report.findings.filter { $0.status == .fail }
        guard let first = faults.first else { return }
        let others = faults.dropFirst().map { "\($0.id): \($0.message)." }
        let hint = first.hint ?? "Run \\check for the details."
        let fix = first.fixSQL.map { hint.contains($0) ? "" : " " + $0 } ?? ""
        throw PostgresError(
            first.message, detail: others.isEmpty ? nil : "Also " + others.joined(separator: " "),
            hint: hint + fix)
    }

    /// A table of the shadow that has rows which no job wrote is not overwritten.
    static func requireNoRows(in tables: [QualifiedName], _ shadow: Shadow) throws(PostgresError) {
        var filled: [QualifiedName] = []
        for name in tables {
            guard let relation = try shadow.relation(name) else { continue }
            guard relation.isTable else { throw JobFault.notATable(name) }
            if try shadow.hasRows(relation) { filled.append(name) }
        }
        guard filled.isEmpty else { throw JobFault.foreignRows(filled) }
    }
}

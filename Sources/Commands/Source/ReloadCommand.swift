internal import Catalog
internal import Postgres
internal import Publisher

extension Command {
    static let reload = Command(
        "reload", "", help: "have the source read its configuration files again, and say what came of it"
    ) { context, _ throws(PostgresError) in
        let source = try context.openSource()
        let reload = try source.reloadConfiguration()
        let document = ReloadDocument(reload)
        return Output(blocks(reload, source.user), document: document, succeeded: document.passed)
    }

    private static func blocks(_ reload: ConfigurationReload, _ user: String) -> [Output.Block] {
        var blocks: [Output.Block] = [
            .text(
                reload.isRefused
                    ? "the server has read pg_hba.conf, and refused postgresql.conf"
                    : "the server has read its configuration")
        ]
        if !reload.changes.isEmpty {
            blocks.append(
                .table(
                    OutputTable(
                        title: "Settings that changed", columns: [.init("name"), .init("old"), .init("new")],
                        rows: reload.changes.map { [$0.name, $0.old, $0.new] })))
        }
        if !reload.pending.isEmpty {
            blocks.append(
                .table(
                    OutputTable(
                        title: "Settings that wait for a restart",
                        columns: [.init("name"), .init("in force"), .init("after the restart")],
                        rows: reload.pending.map { [$0.name, $0.value, $0.next] })))
        }
        for line in reload.faults ?? [] { blocks.append(warning(line, reload.isRefused)) }
        for line in reload.ruleFaults ?? [] { blocks.append(hbaWarning(line)) }
        let hidden = [
            reload.faults == nil ? "pg_show_all_file_settings()" : nil,
            reload.ruleFaults == nil ? "pg_hba_file_rules()" : nil,
        ].compactMap { $0 }
        if !hidden.isEmpty {
            blocks.append(
                .warning(
                    "errors in the files are not shown, as user \"\(user)\" may not see them",
                    hint: "See the server's log, or have a superuser run: "
                        + hidden.map {
                            "GRANT EXECUTE ON FUNCTION pg_catalog.\($0) TO \(quoteIdentifier(user));"
                        }.joined(separator: " ")))
        }
        return blocks
    }

    private static func warning(_ line: ConfigurationLine, _ isRefused: Bool) -> Output.Block {
        let place = line.file.map { "\($0) line \(line.number.map(String.init) ?? "?")" } ?? "a configuration file"
        let name = line.name.map { " (\($0))" } ?? ""
        return .warning(
            "\(place)\(name): \(line.error ?? "")",
            hint: isRefused
                ? "The server keeps all settings as they were until the line is mended; then \\reload."
                : "The server keeps the setting as it was until the line is mended; then \\reload.")
    }
}

private struct ReloadDocument: Encodable, Sendable {
    struct Change: Encodable, Sendable {
        let name: String
        let old: String
        let new: String
    }

    struct Pending: Encodable, Sendable {
        let name: String
        let value: String
        let next: OrNull<String>
    }

    struct Fault: Encodable, Sendable {
        let file: OrNull<String>
        let line: OrNull<Int>
        let name: OrNull<String>
        let error: String
    }

    let passed: Bool
    let changed: [Change]
    let pendingRestart: [Pending]
    /// Null: the role may not see the files.
    let configurationErrors: OrNull<[Fault]>
    let hbaErrors: OrNull<[Fault]>

    init(_ reload: ConfigurationReload) {
        passed = (reload.faults ?? []).isEmpty && !(reload.ruleFaults ?? []).contains(where: \.isFault)
        changed = reload.changes.map { Change(name: $0.name, old: $0.old, new: $0.new) }
        pendingRestart = reload.pending.map { Pending(name: $0.name, value: $0.value, next: OrNull($0.next)) }
        configurationErrors = OrNull(
            reload.faults?.map {
                Fault(file: OrNull($0.file), line: OrNull($0.number), name: OrNull($0.name), error: $0.error ?? "")
            })
        hbaErrors = OrNull(
            reload.ruleFaults?.map {
                Fault(file: OrNull($0.file), line: OrNull($0.number), name: OrNull(nil), error: $0.error ?? "")
            })
    }

    private enum CodingKeys: String, CodingKey {
        case passed, changed
        case pendingRestart = "pending_restart"
        case configurationErrors = "configuration_errors"
        case hbaErrors = "hba_errors"
    }
}

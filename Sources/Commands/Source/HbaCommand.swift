internal import Catalog
internal import Libpq
internal import Postgres
internal import Publisher

private struct HbaArguments: CommandArguments {
    var user: String?
    var database: String?
    var address: String?

    static var declared: [Argument<Self>] {
        [.operand(\.user, .roles), .operand(\.database), .operand(\.address)]
    }
}

extension Command {
    static let hba = Command(
        "hba", "[USER [DATABASE [ADDRESS]]]",
        help: "show the rules of pg_hba.conf, which one decides, and the line to add where none lets in",
        arguments: HbaArguments.self
    ) { context, arguments throws(PostgresError) in
        let source = try context.openSource()
        let user = try arguments.user.map { text throws(PostgresError) in try plainName(text) }
        let database = try arguments.database.map { text throws(PostgresError) in try plainName(text) }
        var address: IPAddress?
        if let text = arguments.address {
            address = IPAddress(text)
            guard address != nil else {
                throw PostgresError(
                    "invalid address \"\(text)\"",
                    hint: "Give an IPv4 or IPv6 address in numbers: the client's, as the server sees it.",
                    sqlState: .invalidParameterValue)
            }
        }
        let file = try source.hbaFile(user: user, database: database, address: address)
        let document = HBADocument(file)
        let blocks = HBAReport(file, document, reader: source.user, isManaged: try source.managedService() != nil)
            .blocks
        return Output(blocks, document: document)
    }

    /// A name as SQL reads it: folded to lower case unless it is quoted.
    static func plainName(_ text: String) throws(PostgresError) -> String {
        guard let name = try namePattern(text)?.literal else {
            throw PostgresError(
                "a name without wildcards is needed, not \"\(text)\"",
                hint: "A name that has * or ? in it goes into double quotes.", sqlState: .syntaxError)
        }
        return name
    }

    /// A line that the server cannot read, or that can never match.
    static func hbaWarning(_ line: HBALine) -> Output.Block {
        let place = "\(line.file ?? "pg_hba.conf") line \(line.number): \(line.error ?? "")"
        return .warning(
            place,
            hint: line.isFault
                ? "The server keeps all the rules that it read before until the line is mended; then \\reload."
                : "The line lets nobody in; mend it or take it out.")
    }
}

/// The text of `\hba` for people.
private struct HBAReport {
    let file: HBAFile
    let document: HBADocument
    /// The user who asked.
    let reader: String
    let isManaged: Bool

    init(_ file: HBAFile, _ document: HBADocument, reader: String, isManaged: Bool) {
        self.file = file
        self.document = document
        self.reader = reader
        self.isManaged = isManaged
    }

    private var subject: String {
        "user \"\(document.user)\", database \"\(document.database)\", "
            + (document.address.value.map { "from \($0) with\(document.tls ? "" : "out") TLS" }
                ?? "through a Unix-domain socket")
    }

    var blocks: [Output.Block] {
        guard let lines = file.lines, let decision = file.decision else {
            return [
                .text("user \"\(reader)\" may not see the rules of pg_hba.conf"),
                .text(advice("This line lets in \(subject)")),
                .warning(
                    "it is not known whether a rule lets this connection in",
                    hint: "A superuser can allow to see the rules: "
                        + "GRANT EXECUTE ON FUNCTION pg_catalog.pg_hba_file_rules() TO \(quoteIdentifier(reader));"),
            ]
        }
        var blocks: [Output.Block] = [.table(table(lines, decision))]
        blocks.append(.text(decisionText(lines, decision)))
        for index in decision.uncertain {
            guard case .depends(let reason) = decision.matches[index] else { continue }
            blocks.append(
                .text("\(place(lines[index])) would decide instead if \(reason): only the server knows."))
        }
        if document.letsIn.value == false { blocks.append(.text(advice(reasonToAdd(lines, decision)))) }
        blocks += warnings(lines, decision)
        return blocks
    }

    private func place(_ line: HBALine) -> String {
        Set((file.lines ?? []).map(\.file)).count > 1
            ? "line \(line.number) of \(line.file ?? "pg_hba.conf")" : "line \(line.number)"
    }

    private func table(_ lines: [HBALine], _ decision: HBADecision) -> OutputTable {
        let hasFiles = Set(lines.map(\.file)).count > 1
        var columns = [OutputTable.Column("line", rightAligned: true)]
        if hasFiles { columns.append(.init("file")) }
        columns += ["type", "database", "user", "address", "method", "options", "applies"].map { .init($0) }
        let rows = document.rules.value?.map { rule -> [String?] in
            [String(rule.line)] + (hasFiles ? [rule.file.value] : [])
                + [
                    rule.type.value, rule.database.value?.joined(separator: ","),
                    rule.user.value?.joined(separator: ","), rule.address.value,
                    rule.method.value, rule.options.isEmpty ? nil : rule.options.joined(separator: " "),
                    rule.applies.value,
                ]
        }
        return OutputTable(title: "Rules of pg_hba.conf for \(subject)", columns: columns, rows: rows ?? [])
    }

    private func decisionText(_ lines: [HBALine], _ decision: HBADecision) -> String {
        let same =
            "A logical replication connection is decided by its database, so by the same rule; rules for "
            + "\"replication\" are for physical replication."
        guard let deciding = decision.deciding, let rule = lines[deciding].rule else {
            return "No line matches: the server refuses the connection.\n" + same
        }
        let line = place(lines[deciding])
        return
            (rule.letsIn
            ? "\(line) decides: authentication by \(rule.method)."
            : "\(line) decides: the server refuses the connection (reject).").capitalizedFirst + "\n" + same
    }

    private func reasonToAdd(_ lines: [HBALine], _ decision: HBADecision) -> String {
        decision.deciding.map { "Put this line above \(place(lines[$0])) of pg_hba.conf" }
            ?? "Add this line to pg_hba.conf"
    }

    private func advice(_ beginning: String) -> String {
        let line = "\(beginning), then \\reload:\n    \(document.lineToAdd)"
        return isManaged
            ? line + "\nOn a managed service the address is allowed in the instance's network settings instead." : line
    }

    private func warnings(_ lines: [HBALine], _ decision: HBADecision) -> [Output.Block] {
        var blocks: [Output.Block] = lines.filter { $0.error != nil }.map(Command.hbaWarning)
        if file.hasChanged == true {
            blocks.append(
                .warning(
                    "pg_hba.conf has been changed since the server read it",
                    hint: "What is shown is the file; \\reload puts it in force."))
        }
        guard let deciding = decision.deciding, let rule = lines[deciding].rule else { return blocks }
        let line = place(lines[deciding])
        if rule.method == "trust" {
            blocks.append(
                .warning(
                    "\(line) lets in without a password (trust)",
                    hint: "Ask for one: \(document.lineToAdd)"))
        }
        if rule.method == "password", document.address.value != nil, !document.tls {
            blocks.append(
                .warning(
                    "\(line) has the password sent in plain text, and the connection is not encrypted",
                    hint: "Use scram-sha-256 in place of password."))
        }
        return blocks
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

internal import Catalog
internal import Foundation
internal import Postgres
internal import Publisher

private struct RoleCreateArguments: CommandArguments {
    var name = ""
    var schemas: [String] = []
    var passwordFile: String?
    var bypassesRowSecurity = false
    var print = false

    static var declared: [Argument<Self>] {
        [
            .operand(\.name), .operands(\.schemas, .schemas),
            .value("--password-file", "FILE", \.passwordFile) { text in text },
            .flag("--bypassrls", \.bypassesRowSecurity), .flag("--print", \.print),
        ]
    }
}

extension Command {
    static let roleCreate = Command(
        "role create", "NAME [SCHEMA …] [--password-file FILE] [--bypassrls] [--print]",
        help: "create the least-privilege user of a backfill, or give it what it lacks",
        arguments: RoleCreateArguments.self
    ) { context, arguments throws(PostgresError) in
        let source = try context.openSource()
        let plan = try rolePlan(source, arguments.name, schemas: arguments.schemas)
        let bypasses = arguments.bypassesRowSecurity
        if arguments.print { return printed(plan, bypasses: bypasses, setsPassword: true) }
        let password = try password(for: plan, file: arguments.passwordFile, context)
        let done = try source.apply(plan, password: password, bypassesRowSecurity: bypasses)
        let document = RoleDocument(
            try source.rolePlan(plan.role.name, schemas: plan.role.schemas.map(\.name)), done: done,
            passwordWasSet: password != nil)
        return Output(blocks(plan, done, password != nil, bypasses: bypasses), document: document)
    }

    /// The needs of a role for the schemas that were named, or for all that hold tables.
    static func rolePlan(
        _ source: Source, _ operand: String, schemas operands: [String]
    ) throws(PostgresError) -> RolePlan {
        let name = try plainName(operand)
        var patterns: [NamePattern] = []
        for operand in operands {
            if let pattern = try namePattern(operand) { patterns.append(pattern) }
        }
        let schemas = patterns.isEmpty ? try source.schemasWithTables() : try source.schemas(named: patterns)
        return try source.rolePlan(name, schemas: schemas)
    }

    /// The SQL for what is missing, as a script.
    static func printed(_ plan: RolePlan, bypasses: Bool, setsPassword: Bool) -> Output {
        var lines: [String] = []
        for requirement in plan.requirements where !requirement.isPresent {
            if let grantor = requirement.grantor { lines.append("-- as \(grantor), or as a superuser:") }
            lines += requirement.fix.map { $0 + ";" }
        }
        if let bypass = plan.bypass {
            if !bypasses { lines.append("-- where row-level security may be bypassed, as a superuser:") }
            lines += bypass.fix.map { (bypasses ? "" : "-- ") + $0 + ";" }
        }
        if lines.isEmpty {
            lines = ["-- role \(QualifiedName.display(plan.role.name)) has all that it needs"]
        } else {
            lines = ["BEGIN;"] + lines + ["COMMIT;"]
        }
        if setsPassword, plan.role.attributes == nil {
            lines.append("-- then give it a password: \\password \(QualifiedName.display(plan.role.name))")
        }
        return Output(
            [.text(lines.joined(separator: "\n"))], document: RoleDocument(plan, done: [], passwordWasSet: false))
    }

    // MARK: The password

    private static let passwordVariable = "SCRY_BACKFILL_ROLE_PASSWORD"

    /// From the file, from the environment, or from the person who makes the role; nil for none.
    private static func password(
        for plan: RolePlan, file: String?, _ context: CommandContext
    ) throws(PostgresError) -> String? {
        if let file { return try password(inFile: file) }
        if let password = ProcessInfo.processInfo.environment[passwordVariable], !password.isEmpty { return password }
        guard context.isInteractive, plan.role.attributes == nil else { return nil }
        return try context.askNewPassword(of: plan.role.name)
    }

    /// The file's first line.
    private static func password(inFile path: String) throws(PostgresError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PostgresError(
                "could not read the password from file \"\(path)\"", hint: "Name a file that you may read.",
                sqlState: .undefinedFile)
        }
        var line = data.prefix { $0 != 0x0A }
        if line.last == 0x0D { line.removeLast() }
        guard let password = String(validating: line, as: UTF8.self), !password.isEmpty, !password.contains("\0")
        else {
            throw PostgresError(
                "the first line of file \"\(path)\" is no password",
                hint: "Write the password, in UTF-8, into the file's first line.", sqlState: .invalidParameterValue)
        }
        return password
    }

    // MARK: Output

    private static func blocks(
        _ plan: RolePlan, _ done: [RoleRequirement], _ passwordWasSet: Bool, bypasses: Bool
    ) -> [Output.Block] {
        let name = QualifiedName.display(plan.role.name)
        let isNew = plan.role.attributes == nil
        var lines = ["role \(name) \(isNew ? "created" : "exists already")"]
        for requirement in plan.requirements {
            if requirement.isPresent {
                lines.append("  \(requirement.title): already")
            } else if done.contains(requirement) {
                lines.append("  \(requirement.title): granted")
            }
        }
        if let bypass = plan.bypass, done.contains(bypass) { lines.append("  BYPASSRLS: granted") }
        if passwordWasSet { lines.append("  password: set") }
        if isNew, !passwordWasSet { lines.append("It has no password; \\password \(name) gives it one.") }
        var blocks: [Output.Block] = [.text(lines.joined(separator: "\n"))]
        for requirement in plan.requirements {
            guard let grantor = requirement.grantor else { continue }
            blocks.append(
                .warning(
                    "\(requirement.title) could not be granted by this user",
                    hint: "Have \(grantor), or a superuser, run: "
                        + requirement.fix.map { $0 + ";" }.joined(separator: " ")))
        }
        return blocks + notes(plan, bypasses: bypasses)
    }

    /// Warnings for a person beside the privileges.
    static func notes(_ plan: RolePlan, bypasses: Bool) -> [Output.Block] {
        var blocks: [Output.Block] = []
        if let bypass = plan.bypass, !bypasses {
            let tables = plan.hiddenTables.prefix(5).map { "\($0)" }.joined(separator: ", ")
            let more = plan.hiddenTables.count > 5 ? " and \(plan.hiddenTables.count - 5) more" : ""
            blocks.append(
                .warning(
                    "row-level security hides rows of \(tables)\(more) from the role",
                    hint: "They cannot be copied without BYPASSRLS, which only a superuser may grant: --bypassrls, or "
                        + bypass.fix.map { $0 + ";" }.joined(separator: " ")))
        }
        if plan.role.attributes?.readsAll != true {
            for schema in plan.role.schemas where schema.publicCreates {
                let name = QualifiedName.display(schema.name)
                blocks.append(
                    .warning(
                        "every user may make tables in schema \(name), and the role reads only those of the users shown",
                        hint: "Run \\role create again when another user has made one, or take the privilege away: "
                            + "REVOKE CREATE ON SCHEMA \(quoteIdentifier(schema.name)) FROM PUBLIC;"))
            }
        }
        return blocks
    }
}

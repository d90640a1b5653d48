internal import Catalog
internal import Postgres
internal import Publisher

private struct RoleCheckArguments: CommandArguments {
    var name = ""
    var schemas: [String] = []
    var print = false

    static var declared: [Argument<Self>] {
        [.operand(\.name), .operands(\.schemas, .schemas), .flag("--print", \.print)]
    }
}

extension Command {
    static let roleCheck = Command(
        "role check", "NAME [SCHEMA …] [--print]",
        help: "list what the user of a backfill needs, there or missing, with the SQL that mends it",
        arguments: RoleCheckArguments.self
    ) { context, arguments throws(PostgresError) in
        let plan = try rolePlan(try context.openSource(), arguments.name, schemas: arguments.schemas)
        var output = Output([], document: RoleDocument(plan, done: [], passwordWasSet: nil))
        if arguments.print {
            output = printed(plan, bypasses: true, setsPassword: false)
        } else {
            output.blocks = blocks(plan)
        }
        output.succeeded = plan.isComplete
        return output
    }

    private static func blocks(_ plan: RolePlan) -> [Output.Block] {
        let name = QualifiedName.display(plan.role.name)
        let all = plan.requirements + [plan.bypass].compactMap { $0 }
        let table = OutputTable(
            title: plan.role.attributes == nil ? "Role \(name), which does not exist" : "Role \(name)",
            columns: [.init("privilege"), .init("on"), .init("present")],
            rows: all.map { [$0.privilege, $0.object, $0.isPresent ? "yes" : "MISSING"] })
        var blocks: [Output.Block] = [.table(table)]
        let missing = all.filter { !$0.isPresent }
        if missing.isEmpty {
            blocks.append(.text("The role has all that it needs."))
        } else {
            let statements = missing.flatMap { requirement in
                requirement.fix.map { statement in
                    "    \(statement);" + (requirement.grantor.map { "  -- as \($0), or as a superuser" } ?? "")
                }
            }
            blocks.append(
                .text("\(missing.count) missing. This mends it:\n" + statements.joined(separator: "\n")))
        }
        return blocks + notes(plan, bypasses: plan.bypass == nil)
    }
}

/// The document that `\role create` and `\role check` print as JSON.
struct RoleDocument: Encodable, Sendable {
    struct Privilege: Encodable, Sendable {
        let privilege: String
        let object: OrNull<String>
        let present: Bool
        /// It was missing, and `\role create` gave it.
        let granted: Bool
        let fixSQL: [String]
        /// Null: this session's user may run it.
        let grantor: OrNull<String>

        private enum CodingKeys: String, CodingKey {
            case privilege, object, present, granted, grantor
            case fixSQL = "fix_sql"
        }
    }

    let role: String
    let exists: Bool
    let passed: Bool
    let database: String
    let schemas: [String]
    let privileges: [Privilege]
    /// Null where none could be set.
    let passwordSet: OrNull<Bool>

    init(_ plan: RolePlan, done: [RoleRequirement], passwordWasSet: Bool?) {
        let given = Set(done.map(\.title))
        role = plan.role.name
        exists = plan.role.attributes != nil
        passed = plan.isComplete
        database = plan.role.database
        schemas = plan.role.schemas.map(\.name)
        privileges = (plan.requirements + [plan.bypass].compactMap { $0 }).map {
            Privilege(
                privilege: $0.privilege, object: OrNull($0.object), present: $0.isPresent,
                granted: given.contains($0.title), fixSQL: $0.fix.map { $0 + ";" }, grantor: OrNull($0.grantor))
        }
        passwordSet = OrNull(passwordWasSet)
    }

    private enum CodingKeys: String, CodingKey {
        case role, exists, passed, database, schemas, privileges
        case passwordSet = "password_set"
    }
}

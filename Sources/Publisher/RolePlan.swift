public import Catalog
public import Postgres

/// One thing that the role of a backfill needs on the source, there or missing.
public struct RoleRequirement: Hashable, Sendable {
    /// As SQL calls it: `REPLICATION`, `USAGE`, `SELECT`.
    public var privilege: String
    /// The object of the privilege: `schema app`; nil for the role's own attributes.
    public var object: String?
    /// The statements that give it; empty where the role has it.
    public var fix: [String] = []
    /// Who can run them where this session cannot: `the owner, alice`.
    public var grantor: String?

    public var isPresent: Bool { fix.isEmpty }
    /// For people: `USAGE on schema app`.
    public var title: String { object.map { "\(privilege) on \($0)" } ?? privilege }
}

/// The needs of the least-privilege role of a backfill, and the SQL for those that are missing: to log in and to
/// replicate, to connect, to see the schemas, to read their tables and sequences, and to read what is made there later.
public struct RolePlan: Sendable {
    public let role: ReplicationRole
    public let requirements: [RoleRequirement]
    /// BYPASSRLS, where row-level security would hide rows; asked for apart, as only a superuser should decide it.
    public let bypass: RoleRequirement?

    /// - Parameter grantedBy: the role whose members may replicate, where the service gives nobody REPLICATION.
    public init(_ role: ReplicationRole, grantedBy group: String?) {
        self.role = role
        let builder = Builder(role: role, name: quoteIdentifier(role.name))
        var requirements = builder.attributes(group)
        requirements.append(builder.connect)
        for schema in role.schemas {
            requirements.append(builder.usage(schema))
            requirements += builder.select(schema, sequences: false) + builder.select(schema, sequences: true)
            requirements += builder.later(schema)
        }
        self.requirements = requirements
        bypass = builder.bypass
    }

    public var isComplete: Bool { requirements.allSatisfy(\.isPresent) && bypass == nil }

    /// Tables whose rows would be hidden.
    public var hiddenTables: [QualifiedName] { role.relations.filter(\.hidesRows).map(\.name) }
}

private struct Builder {
    let role: ReplicationRole
    /// Quoted.
    let name: String

    func attributes(_ group: String?) -> [RoleRequirement] {
        var login = RoleRequirement(privilege: "LOGIN")
        switch role.attributes?.mayLogIn {
        case nil: login.fix = ["CREATE ROLE \(name) LOGIN"]
        case false?: login.fix = ["ALTER ROLE \(name) LOGIN"]
        case true?: break
        }
        var replication = RoleRequirement(privilege: group.map { "membership in \($0)" } ?? "REPLICATION")
        if role.attributes?.mayReplicate != true {
            replication.fix = [
                group.map { "GRANT \(quoteIdentifier($0)) TO \(name)" } ?? "ALTER ROLE \(name) REPLICATION"
            ]
        }
        var requirements = [login, replication]
        if role.attributes?.hasExpired == true {
            requirements.append(
                RoleRequirement(
                    privilege: "a password that has not expired", fix: ["ALTER ROLE \(name) VALID UNTIL 'infinity'"]))
        }
        return requirements
    }

    var connect: RoleRequirement {
        RoleRequirement(
            privilege: "CONNECT", object: "database \(QualifiedName.display(role.database))",
            fix: role.mayConnect ? [] : ["GRANT CONNECT ON DATABASE \(quoteIdentifier(role.database)) TO \(name)"],
            grantor: role.mayConnect || role.mayGrantConnect ? nil : "the database's owner")
    }

    func usage(_ schema: ReplicationRole.Schema) -> RoleRequirement {
        RoleRequirement(
            privilege: "USAGE", object: "schema \(QualifiedName.display(schema.name))",
            fix: schema.mayUse ? [] : ["GRANT USAGE ON SCHEMA \(quoteIdentifier(schema.name)) TO \(name)"],
            grantor: schema.mayUse || schema.mayGrantUsage ? nil : "the schema's owner")
    }

    /// One statement for the schema where this session may grant all of it; else one for each owner, of what is missing.
    func select(_ schema: ReplicationRole.Schema, sequences: Bool) -> [RoleRequirement] {
        let kinds = sequences ? "sequences" : "tables"
        let missing = role.relations.filter {
            $0.name.schema == schema.name && $0.isSequence == sequences && !$0.maySelect
        }
        let object = "all \(kinds) in schema \(QualifiedName.display(schema.name))"
        guard !missing.isEmpty else { return [RoleRequirement(privilege: "SELECT", object: object)] }
        if sequences ? schema.mayGrantSequences : schema.mayGrantTables {
            let statement =
                "GRANT SELECT ON ALL \(kinds.uppercased()) IN SCHEMA \(quoteIdentifier(schema.name)) TO \(name)"
            return [RoleRequirement(privilege: "SELECT", object: object, fix: [statement])]
        }
        let owners = Dictionary(grouping: missing) { $0.mayGrant ? nil : $0.owner }
        return owners.sorted { ($0.key ?? "") < ($1.key ?? "") }.map { owner, relations in
            let list = relations.map(\.name.quoted).joined(separator: ", ")
            let shown = relations.prefix(5).map { "\($0.name)" }.joined(separator: ", ")
            let more = relations.count > 5 ? " and \(relations.count - 5) more" : ""
            return RoleRequirement(
                privilege: "SELECT", object: "\(kinds) \(shown)\(more)",
                fix: ["GRANT SELECT ON \(sequences ? "SEQUENCE" : "TABLE") \(list) TO \(name)"],
                grantor: owner.map { "the owner, \(QualifiedName.display($0))" })
        }
    }

    /// The tables that are made in the schema later.
    func later(_ schema: ReplicationRole.Schema) -> [RoleRequirement] {
        role.creators.filter { $0.schema == schema.name }.map { creator in
            let readsAll = role.attributes?.readsAll ?? false
            let kinds = [("TABLES", creator.grantsTables), ("SEQUENCES", creator.grantsSequences)]
            let fix = kinds.filter { !readsAll && !$0.1 }.map { kind, _ in
                "ALTER DEFAULT PRIVILEGES FOR ROLE \(quoteIdentifier(creator.name)) "
                    + "IN SCHEMA \(quoteIdentifier(schema.name)) GRANT SELECT ON \(kind) TO \(name)"
            }
            let display = QualifiedName.display(creator.name)
            return RoleRequirement(
                privilege: "SELECT",
                object: "what \(display) makes later in schema \(QualifiedName.display(schema.name))", fix: fix,
                grantor: fix.isEmpty || creator.mayAlter ? nil : display)
        }
    }

    var bypass: RoleRequirement? {
        guard role.relations.contains(where: \.hidesRows) else { return nil }
        return RoleRequirement(privilege: "BYPASSRLS", fix: ["ALTER ROLE \(name) BYPASSRLS"])
    }
}

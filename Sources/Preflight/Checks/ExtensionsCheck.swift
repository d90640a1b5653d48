internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

extension Preflight {
    static let extensions = Check("extensions", "Extensions", needs: .source) { examination throws(PostgresError) in
        let oids = Set(examination.followed.flatMap { [$0.table.oid] + $0.leaves.map(\.oid) })
        var needed: [NeededExtension] = []
        for row in try examination.readSource().read(
            .preflightExtensionsNeeded, [ArrayText.text(oids.map(\.description))]
        ).rows {
            needed.append(
                NeededExtension(
                    name: try row.string("name"), version: try row.string("version"), schema: try row.string("schema")))
        }
        guard !needed.isEmpty else { return .pass("the tables need no extension") }
        let names = list(needed.map { "\($0.name) \($0.version)" })
        guard let shadow = examination.readableShadow else { return .pass("the tables need \(names)", found: names) }
        var faults = ExtensionFaults()
        for row in try shadow.read(.preflightExtensionsPresent, [ArrayText.text(needed.map(\.name))]).rows {
            let name = try row.string("name")
            guard let wanted = needed.first(where: { $0.name == name }) else { continue }
            try faults.add(wanted, row, isCreated: examination.context.createsSchema)
        }
        guard faults.missing.isEmpty else {
            return .fail(
                "the shadow lacks what the tables need: \(list(faults.missing))", found: list(faults.found),
                needed: names,
                hint: "Install the extension's package on the shadow's server where it is not available, "
                    + "and run the statements there as a superuser.", fix: Fix(faults.fixes, .shadow))
        }
        guard faults.differing.isEmpty else {
            return .warn(
                "the shadow has other versions: \(list(faults.differing))", found: list(faults.found), needed: names,
                hint: "Values may be written or compared otherwise by another version; best use the source's.",
                fix: Fix(faults.fixes, .shadow))
        }
        return .pass(
            faults.created.isEmpty ? "the shadow has \(names)" : "the job will create \(list(faults.created))",
            found: faults.found.isEmpty ? names : list(faults.found))
    }
}

private struct NeededExtension {
    let name: String
    let version: String
    let schema: String
}

/// The faults of the shadow's extensions.
private struct ExtensionFaults {
    var missing: [String] = []
    var differing: [String] = []
    /// The job makes them with the tables.
    var created: [String] = []
    var found: [String] = []
    var fixes: [String] = []

    mutating func add(_ wanted: NeededExtension, _ row: Row, isCreated: Bool) throws(PostgresError) {
        let name = quoteIdentifier(wanted.name)
        guard let installed = try row.optionalString("installed") else {
            try addAbsent(wanted, available: row.strings("available"), isCreated: row.bool("may_create") && isCreated)
            return
        }
        found.append("\(wanted.name) \(installed)")
        let schema = try row.string("schema")
        if schema != wanted.schema {
            missing.append("\(wanted.name) in schema \(wanted.schema)")
            fixes.append("CREATE SCHEMA IF NOT EXISTS \(quoteIdentifier(wanted.schema));")
            fixes.append("ALTER EXTENSION \(name) SET SCHEMA \(quoteIdentifier(wanted.schema));")
        } else if installed != wanted.version {
            differing.append("\(wanted.name) \(installed) where the source has \(wanted.version)")
            if try row.strings("available").contains(wanted.version) {
                fixes.append("ALTER EXTENSION \(name) UPDATE TO \(quoteLiteral(wanted.version));")
            }
        }
    }

    private mutating func addAbsent(_ wanted: NeededExtension, available: [String], isCreated: Bool) {
        if isCreated, !available.isEmpty {
            created.append(wanted.name)
            found.append("\(wanted.name) available")
            return
        }
        missing.append(wanted.name)
        found.append("\(wanted.name) \(available.isEmpty ? "not available" : "not installed")")
        fixes.append("CREATE SCHEMA IF NOT EXISTS \(quoteIdentifier(wanted.schema));")
        fixes.append(
            "CREATE EXTENSION IF NOT EXISTS \(quoteIdentifier(wanted.name)) SCHEMA \(quoteIdentifier(wanted.schema));")
    }
}

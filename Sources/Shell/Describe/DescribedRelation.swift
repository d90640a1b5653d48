internal import Libpq

/// The facts about a relation that `\d` reads before its parts: a row of `describe/relation`.
struct DescribedRelation {
    let oid: String
    let schema: String
    let name: String
    /// pg_class.relkind.
    let kind: Character
    let isUnlogged: Bool
    let isPartition: Bool
    let hasChecks: Bool
    let hasIndexes: Bool
    let hasRules: Bool
    let hasTriggers: Bool
    let hasRowSecurity: Bool
    let forcesRowSecurity: Bool
    let hasOIDs: Bool
    let replicaIdentity: Character
    let accessMethod: String?
    let options: String
    let ofType: String?
    /// Nil for the database's own.
    let tablespace: String?

    init(oid: String, schema: String, name: String, _ result: QueryResult) {
        self.oid = oid
        self.schema = schema
        self.name = name
        kind = result.text(0, "relkind").first ?? "?"
        isUnlogged = result.text(0, "relpersistence") == "u"
        isPartition = result.flag(0, "relispartition")
        hasChecks = result.text(0, "relchecks") != "0"
        hasIndexes = result.flag(0, "relhasindex")
        hasRules = result.flag(0, "relhasrules")
        hasTriggers = result.flag(0, "relhastriggers")
        hasRowSecurity = result.flag(0, "relrowsecurity")
        forcesRowSecurity = result.flag(0, "relforcerowsecurity")
        hasOIDs = result.flag(0, "relhasoids")
        replicaIdentity = result.text(0, "relreplident").first ?? "d"
        accessMethod = result.value(0, "amname")
        options = result.text(0, "reloptions")
        ofType = result.value(0, "reloftype")
        tablespace = result.value(0, "tablespace")
    }

    /// Whether its columns have collations, defaults and the like.
    var hasColumnDetails: Bool { "rvmfcp".contains(kind) }
    var isIndex: Bool { kind == "i" || kind == "I" }
    var isPartitioned: Bool { kind == "p" || kind == "I" }
    /// Whether it has the footers of tables.
    var isTableLike: Bool { "rmfpIt".contains(kind) }

    var title: String {
        let noun: String? =
            switch kind {
            case "r": "table"
            case "v": "view"
            case "m": "materialized view"
            case "i": "index"
            case "I": "partitioned index"
            case "t": "TOAST table"
            case "c": "composite type"
            case "f": "foreign table"
            case "p": "partitioned table"
            case "S": "sequence"
            default: nil
            }
        guard let noun else { return "?\(kind)? \"\(schema).\(name)\"" }
        let words = isUnlogged && "rmiIpS".contains(kind) ? "unlogged " + noun : noun
        return words.prefix(1).uppercased() + words.dropFirst() + " \"\(schema).\(name)\""
    }
}

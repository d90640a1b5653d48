import Pgoutput
import Postgres

@testable import Subscriber

/// Plans as they come about in a session: the source's description in bytes, the shadow's columns by hand.
struct PlannedRelation {
    /// A column of the source's description.
    struct Column {
        var name: String
        var isKey = false
    }

    /// - Parameter identity: `d`, `n`, `f` or `i`.
    static func plan(
        _ identity: Character, _ columns: [Column], shadow: [ShadowColumn], partitioned: Bool = false,
        table: QualifiedName = QualifiedName(schema: "public", name: "t")
    ) throws -> RelationPlan {
        var bytes = Array("R".utf8) + [0, 0, 0, 7] + Array("public\0t\0\(identity)".utf8)
        bytes += [0, UInt8(columns.count)]
        for column in columns {
            bytes += [column.isKey ? 1 : 0] + Array(column.name.utf8) + [0, 0, 0, 0, 25, 255, 255, 255, 255]
        }
        var decoder = MessageDecoder(ProtocolOptions(version: .v1))
        var cache = RelationCache()
        let begin: [UInt8] = Array("B".utf8) + Array(repeating: 1, count: 20)
        // A byte has no padding, so that an array of them may be read as raw memory.
        cache.observe(try decoder.decode(unsafe begin.span.bytes))
        cache.observe(try decoder.decode(unsafe bytes.span.bytes))
        let relation = try cache.relation(OID(7), columns: columns.count)
        let target = ShadowRelation(oid: OID(1), name: table, isPartitioned: partitioned, isTable: true)
        return try RelationPlan(relation.relation, ShadowTable(relation: target, columns: shadow))
    }
}

extension ShadowColumn {
    static func named(
        _ name: String, _ type: String = "int4", schema: String = "pg_catalog", generated: Bool = false,
        identity: Bool = false, primaryKey: Bool = false, equality: String = "OPERATOR(pg_catalog.=)"
    ) -> ShadowColumn {
        ShadowColumn(
            name: name, type: QualifiedName(schema: schema, name: type), isGenerated: generated, isIdentity: identity,
            isInPrimaryKey: primaryKey, equality: equality)
    }
}

internal import Catalog
internal import Job
internal import Postgres

/// Chooses the entries of an archive that the followed tables need and the shadow lacks, for each stage, by catalog and OID;
/// what has no OID of its own goes with what it depends on.
struct SchemaSelection {
    private let entries: [ArchiveEntry]
    private let byNumber: [Int: ArchiveEntry]
    private let objects: [Key: SchemaObject]
    /// Objects that the shadow lacks.
    private let missing: Set<Key>
    /// Tables that are partitions in the shadow.
    private let attached: Set<QualifiedName>
    private let attachesLate: Bool

    private struct Key: Hashable {
        let classID: OID
        let objectID: OID

        init(classID: OID, objectID: OID) {
            self.classID = classID
            self.objectID = objectID
        }

        init(_ entry: ArchiveEntry) { self.init(classID: entry.classID, objectID: entry.objectID) }
    }

    /// pg_namespace and its row for schema public (pg_namespace.dat): pg_dump takes for granted that it is there.
    private static let publicSchema = Key(classID: OID(2615), objectID: OID(2200))

    /// - Parameters:
    ///   - existing: what the shadow has.
    ///   - attachesLate: partitions are attached after their keys, which their table then takes over.
    init(
        _ entries: [ArchiveEntry], of objects: [SchemaObject], existing: Set<CatalogObject.Identity>,
        attached: Set<QualifiedName>, attachesLate: Bool
    ) {
        self.entries = entries
        byNumber = Dictionary(entries.map { ($0.number, $0) }) { first, _ in first }
        let keyed = objects.map { (Key(classID: $0.classID, objectID: $0.objectID), $0) }
        self.objects = Dictionary(keyed) { first, _ in first }
        missing = Set(keyed.filter { !existing.contains($0.1.identity) }.map(\.0))
        self.attached = attached
        self.attachesLate = attachesLate
    }

    /// The pieces of a stage, in the archive's order.
    ///
    /// - Parameter withTriggers: false where triggers, rules and foreign keys cannot be kept from acting on what is
    ///   applied.
    func pieces(_ stage: SchemaStage, withTriggers: Bool) -> [SchemaPiece] {
        var chosen: Set<Int> = []
        for entry in entries where isChosen(entry, stage) && (withTriggers || !entry.firesOnRows) {
            chosen.insert(entry.number)
            // The shell of a type that its own functions need first.
            for number in entry.dependencies where byNumber[number]?.kind == "SHELL TYPE" { chosen.insert(number) }
        }
        var pieces = entries.filter { chosen.contains($0.number) && Key($0) != Self.publicSchema }.map(piece)
        if stage == .tables, missing.contains(Self.publicSchema), let schema = objects[Self.publicSchema] {
            pieces.insert(SchemaPiece(makingSchema: "public", schema.identity), at: 0)
        }
        return pieces
    }

    private func isChosen(_ entry: ArchiveEntry, _ stage: SchemaStage) -> Bool {
        guard entry.section != .data else { return false }
        if !entry.isPart { return self.stage(of: entry) == stage && missing.contains(Key(entry)) }
        // The object that it belongs to is the first of its dependencies: a comment's object, the partition that is
        // attached.
        let owners = entry.dependencies.compactMap { byNumber[$0] }
        switch entry.kind {
        case "TABLE ATTACH":
            guard let child = owners.first, let object = objects[Key(child)], let name = object.relation else {
                return false
            }
            // An attempt that was cut off may have left the table, without its place.
            if attachesLate { return stage == .keys && !attached.contains(name) }
            return stage == .tables && missing.contains(Key(child))
        case "INDEX ATTACH":
            guard stage == .keys else { return false }
            let indexes = owners.filter(\.isIndependent)
            return indexes.allSatisfy { objects[Key($0)] != nil } && indexes.contains { missing.contains(Key($0)) }
        case "SEQUENCE OWNED BY": return stage == .tables && owners.contains { missing.contains(Key($0)) }
        // Its table is there by then, and to enable it twice does nothing.
        case "ROW SECURITY": return stage == .keys && owners.contains { objects[Key($0)] != nil }
        case "COMMENT":
            guard let owner = owners.first else {
                return stage == .tables && entry.tag == "SCHEMA public" && missing.contains(Self.publicSchema)
            }
            return self.stage(of: owner) == stage && missing.contains(Key(owner))
        default: return false
        }
    }

    private func stage(of entry: ArchiveEntry) -> SchemaStage {
        if entry.kind == "FK CONSTRAINT" { return .foreignKeys }
        return entry.section == .postData ? .keys : .tables
    }

    private func piece(_ entry: ArchiveEntry) -> SchemaPiece {
        let object = objects[Key(entry)]
        let functions = entry.dependencies.compactMap { byNumber[$0] }.filter { $0.kind == "FUNCTION" }
        return SchemaPiece(
            number: entry.number, sql: entry.sql, kind: entry.kind.lowercased(),
            name: object?.identity.name ?? entry.tag,
            object: object?.identity, table: object?.table, accessMethod: entry.accessMethod,
            foreignKey: object?.foreignKey,
            functions: functions.map { objects[Key($0)]?.identity.name ?? $0.tag }, isIndependent: entry.isIndependent,
            dependencies: entry.dependencies)
    }
}

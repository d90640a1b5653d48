internal import Postgres

/// A line of `pg_restore --list`: `3190; 2606 16395 CONSTRAINT public users users_pkey owner` (pg_backup_archiver.c,
/// PrintTOCSummary). Names may hold spaces, so what follows the OID is only compared with texts that are expected.
struct ArchiveEntry {
    let line: String
    let classID: OID
    let objectID: OID
    /// From the kind on.
    let description: Substring

    init?(line: Substring) {
        guard !line.hasPrefix(";"), let semicolon = line.firstIndex(of: ";") else { return nil }
        let fields = line[line.index(after: semicolon)...].split(separator: " ", maxSplits: 2)
        guard fields.count == 3, let classID = UInt32(fields[0]), let objectID = UInt32(fields[1]) else { return nil }
        self.line = String(line)
        self.classID = OID(classID)
        self.objectID = OID(objectID)
        description = fields[2]
    }

    func isKind(_ kind: String) -> Bool { description.hasPrefix(kind + " ") }

    /// Keys and indexes do not wait for each other; only to attach a partition's index to its parent's needs both.
    var isIndependent: Bool { isKind("INDEX") && !isKind("INDEX ATTACH") || isKind("CONSTRAINT") }

    /// Acts on rows that are written while it is there.
    var firesOnRows: Bool { ["TRIGGER", "RULE", "FK CONSTRAINT"].contains(where: isKind) }

    /// What belongs behind the rows (pg_dump's post-data section, pg_dump_sort.c).
    var stage: SchemaStage {
        if isKind("FK CONSTRAINT") { return .foreignKeys }
        let later = [
            "INDEX", "INDEX ATTACH", "CONSTRAINT", "TRIGGER", "RULE", "POLICY", "ROW SECURITY", "STATISTICS",
        ]
        if later.contains(where: isKind) { return .keys }
        return .tables
    }
}

/// Chooses the entries that the followed tables need.
struct ArchiveSelection {
    private var objects: Set<Key> = []
    /// Beginnings of the entries that have no OID of their own.
    private var beginnings: [String] = []
    /// Those of partitions that the shadow has not attached.
    private var attachments: [String] = []

    private struct Key: Hashable {
        let classID: OID
        let objectID: OID
    }

    /// - Parameter attached: partitions of the shadow.
    init(missing: [SchemaObject], all: [SchemaObject], attached: Set<QualifiedName> = []) {
        for relation in all.compactMap(\.relation) where !attached.contains(relation) {
            attachments.append("TABLE ATTACH \(relation.schema) \(relation.name) ")
        }
        for object in missing {
            objects.insert(Key(classID: object.classID, objectID: object.objectID))
            guard let relation = object.relation, let kind = object.kind else { continue }
            let name = "\(relation.schema) \(relation.name)"
            switch kind {
            case "r", "p":
                beginnings += ["TABLE ATTACH \(name) ", "ROW SECURITY \(name) "]
                beginnings += [
                    "COMMENT \(relation.schema) TABLE \(Self.tag(relation.name)) ",
                    "COMMENT \(relation.schema) COLUMN \(Self.tag(relation.name)).",
                ]
            case "i", "I": beginnings.append("INDEX ATTACH \(name) ")
            case "S": beginnings.append("SEQUENCE OWNED BY \(name) ")
            default: break
            }
        }
    }

    func choose(
        _ entries: [ArchiveEntry], _ stage: SchemaStage, withTriggers: Bool, attachesLate: Bool = false
    ) -> [ArchiveEntry] {
        entries.filter { entry in
            if attachesLate, entry.isKind("TABLE ATTACH") {
                // An attempt that was cut off may have left the table behind, without its place.
                return stage == .keys && attachments.contains { (entry.description + " ").hasPrefix($0) }
            }
            guard entry.stage == stage, withTriggers || !entry.firesOnRows else { return false }
            return objects.contains(Key(classID: entry.classID, objectID: entry.objectID))
                || beginnings.contains { (entry.description + " ").hasPrefix($0) }
        }
    }

    /// A name inside a comment's tag, which pg_dump quotes where it must.
    private static func tag(_ name: String) -> String { QualifiedName.display(name) }
}

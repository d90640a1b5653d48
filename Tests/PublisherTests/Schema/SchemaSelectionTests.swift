import Catalog
import Job
import Postgres
import Testing

@testable import Publisher

@Suite struct SchemaSelectionTests {
    private func entry(
        _ number: Int, _ classID: UInt32, _ objectID: UInt32, _ kind: String, section: ArchiveEntry.Section = .preData,
        needs dependencies: [Int] = [], tag: String? = nil
    ) -> ArchiveEntry {
        ArchiveEntry(
            number: number, classID: OID(classID), objectID: OID(objectID), kind: kind, tag: tag ?? "\(kind) \(number)",
            section: section, sql: "-- \(number);", dependencies: dependencies)
    }

    private func object(
        _ classID: UInt32, _ objectID: UInt32, _ name: String? = nil, kind: String? = nil
    ) -> SchemaObject {
        SchemaObject(
            classID: OID(classID), objectID: OID(objectID), identity: .init("\(classID)", "\(objectID)"),
            relation: name.map { QualifiedName(schema: "public", name: $0) }, kind: kind)
    }

    private func chosen(
        _ entries: [ArchiveEntry], _ objects: [SchemaObject], _ stage: SchemaStage, existing: Set<UInt32> = [],
        attached: Set<String> = [], attachesLate: Bool = false, withTriggers: Bool = true
    ) -> [Int] {
        let there = objects.map(\.identity).filter { existing.contains(UInt32($0.name) ?? 0) }
        return SchemaSelection(
            entries, of: objects, existing: Set(there),
            attached: Set(attached.map { QualifiedName(schema: "public", name: $0) }), attachesLate: attachesLate
        ).pieces(stage, withTriggers: withTriggers).map(\.number)
    }

    @Test func objectsAreFoundByCatalogAndOID() {
        let entries = [
            entry(1, 1259, 100, "TABLE"), entry(2, 1247, 201, "TYPE"), entry(3, 1259, 101, "TABLE"),
            entry(4, 1247, 200, "TYPE"), entry(5, 2606, 100, "CONSTRAINT", section: .postData),
        ]
        let objects = [object(1259, 100, "t", kind: "r"), object(1247, 200)]
        #expect(chosen(entries, objects, .tables) == [1, 4])
        #expect(chosen(entries, objects, .tables, existing: [100]) == [4])
        #expect(chosen(entries, objects, .keys).isEmpty)
    }

    @Test func everyKindHasItsStage() {
        let entries = [
            entry(1, 1, 1, "TABLE"), entry(2, 1, 2, "CHECK CONSTRAINT", section: .postData),
            entry(3, 1, 3, "INDEX", section: .postData), entry(4, 1, 4, "FK CONSTRAINT", section: .postData),
            entry(5, 1, 5, "TRIGGER", section: .postData), entry(6, 1, 6, "TABLE DATA", section: .data),
        ]
        let objects = (1...6).map { object(1, $0) }
        #expect(chosen(entries, objects, .tables) == [1])
        // A CHECK that stands by itself is NOT VALID: old rows may break it.
        #expect(chosen(entries, objects, .keys) == [2, 3, 5])
        #expect(chosen(entries, objects, .foreignKeys) == [4])
        #expect(chosen(entries, objects, .keys, withTriggers: false) == [2, 3])
        #expect(chosen(entries, objects, .foreignKeys, withTriggers: false).isEmpty)
    }

    @Test func whatHasNoOIDOfItsOwnGoesWithWhatItDependsOn() {
        let entries = [
            entry(1, 1259, 1, "TABLE"), entry(2, 1259, 2, "SEQUENCE"),
            entry(3, 2606, 3, "CONSTRAINT", section: .postData), entry(4, 2606, 4, "FK CONSTRAINT", section: .postData),
            entry(5, 1247, 5, "TYPE"), entry(11, 0, 0, "COMMENT", section: .none, needs: [1]),
            entry(12, 0, 0, "SEQUENCE OWNED BY", needs: [2]), entry(13, 0, 0, "COMMENT", section: .none, needs: [3]),
            entry(14, 0, 0, "COMMENT", section: .none, needs: [4]),
            entry(15, 0, 0, "COMMENT", section: .none, needs: [5]),
            entry(16, 0, 0, "COMMENT", section: .none, needs: [99]),
            // Row security has its table's OID.
            entry(17, 0, 1, "ROW SECURITY", section: .postData, needs: [1]), entry(18, 0, 0, "ENCODING"),
        ]
        let objects = [
            object(1259, 1, "t", kind: "r"), object(1259, 2, "s", kind: "S"), object(2606, 3), object(2606, 4),
        ]
        #expect(chosen(entries, objects, .tables) == [1, 2, 11, 12])
        #expect(chosen(entries, objects, .keys) == [3, 13, 17])
        #expect(chosen(entries, objects, .foreignKeys) == [4, 14])
        #expect(chosen(entries, objects, .tables, existing: [1, 2]).isEmpty)
        // With the keys the table is there.
        #expect(chosen(entries, objects, .keys, existing: [1, 2, 3]) == [17])
    }

    @Test func partitionsAreAttachedWithTheTablesOrWithTheKeys() {
        let entries = [
            entry(1, 1259, 1, "TABLE"), entry(2, 1259, 2, "TABLE"), entry(3, 0, 0, "TABLE ATTACH", needs: [2, 1]),
            entry(4, 1259, 4, "INDEX", section: .postData), entry(5, 2606, 5, "CONSTRAINT", section: .postData),
            entry(6, 0, 0, "INDEX ATTACH", section: .postData, needs: [1, 5, 4, 2]),
        ]
        let objects = [
            object(1259, 1, "root", kind: "p"), object(1259, 2, "part", kind: "r"), object(1259, 4, "i", kind: "i"),
            object(2606, 5),
        ]
        #expect(chosen(entries, objects, .tables) == [1, 2, 3])
        #expect(chosen(entries, objects, .tables, attachesLate: true) == [1, 2])
        #expect(chosen(entries, objects, .keys, attachesLate: true) == [3, 4, 5, 6])
        #expect(
            chosen(entries, objects, .keys, existing: [1, 2, 4, 5], attached: ["part"], attachesLate: true).isEmpty)
        // One index is there, the other is new: only together they can be joined.
        #expect(chosen(entries, objects, .keys, existing: [1, 2, 4]) == [5, 6])
    }

    @Test func aTypesShellComesWithItsFunctions() {
        let entries = [
            entry(1, 0, 0, "SHELL TYPE"), entry(2, 1255, 2, "FUNCTION", needs: [1]), entry(3, 0, 0, "SHELL TYPE"),
        ]
        #expect(chosen(entries, [object(1255, 2)], .tables) == [1, 2])
    }

    /// pg_dump takes schema public for granted, and writes no statement for it.
    @Test func aSchemaPublicThatIsMissingIsMade() throws {
        let schema = object(2615, 2200)
        let entries = [
            entry(4, 2615, 2200, "SCHEMA"),
            entry(9, 0, 0, "COMMENT", section: .none, needs: [77], tag: "SCHEMA public"),
        ]
        let pieces = SchemaSelection(entries, of: [schema], existing: [], attached: [], attachesLate: false)
            .pieces(.tables, withTriggers: true)
        #expect(pieces.map(\.sql) == ["CREATE SCHEMA \"public\";", "-- 9;"])
        #expect(chosen(entries, [schema], .tables, existing: [2200]).isEmpty)
    }
}

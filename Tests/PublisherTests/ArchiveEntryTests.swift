import Foundation
import Postgres
import Testing

@testable import Publisher

@Suite struct ArchiveEntryTests {
    @Test func aLineIsItsNumbersAndItsWords() throws {
        let entry = try #require(ArchiveEntry(line: "3190; 2606 16395 CONSTRAINT public users users_pkey owner"))
        #expect(entry.classID == OID(2606) && entry.objectID == OID(16395))
        #expect(entry.description == "CONSTRAINT public users users_pkey owner")
        #expect(entry.line == "3190; 2606 16395 CONSTRAINT public users users_pkey owner")
        #expect(entry.isKind("CONSTRAINT") && !entry.isKind("CONS"))
        // The largest OID is no negative number.
        #expect(ArchiveEntry(line: "1; 1259 4294967295 TABLE public t postgres")?.objectID == OID(4_294_967_295))
    }

    @Test(arguments: [
        "", ";", "; Archive created at 2024-01-01 00:00:00 UTC", ";     dbname: x", "3190", "3190;", "3190; 2606",
        "3190; 2606 16395", "3190; x 16395 TABLE public t o", "3190; -1 16395 TABLE public t o",
        "3190; 2606 4294967296 TABLE public t o", "TABLE public t o",
    ])
    func otherLinesAreNone(_ line: String) {
        #expect(ArchiveEntry(line: line[...]) == nil)
    }

    @Test(arguments: [
        ("SCHEMA - shop postgres", SchemaStage.tables, false), ("TABLE public t postgres", .tables, false),
        ("TABLE ATTACH public part postgres", .tables, false), ("SEQUENCE OWNED BY public s postgres", .tables, false),
        ("DEFAULT public t id postgres", .tables, false), ("TYPE public mood postgres", .tables, false),
        ("EXTENSION - citext ", .tables, false), ("FUNCTION public f() postgres", .tables, false),
        ("COMMENT public TABLE t postgres", .tables, false), ("CHECK CONSTRAINT public t c postgres", .tables, false),
        ("INDEX public i postgres", .keys, true), ("INDEX ATTACH public i postgres", .keys, true),
        ("CONSTRAINT public t t_pkey postgres", .keys, true), ("TRIGGER public t trg postgres", .keys, false),
        ("RULE public t r postgres", .keys, false), ("POLICY public t p postgres", .keys, false),
        ("ROW SECURITY public t postgres", .keys, false), ("STATISTICS public s postgres", .keys, false),
        ("FK CONSTRAINT public t t_fkey postgres", .foreignKeys, false),
    ])
    func everyKindHasItsStage(_ words: String, _ stage: SchemaStage, _ independent: Bool) throws {
        let entry = try #require(ArchiveEntry(line: "10; 1 2 \(words)"))
        #expect(entry.stage == stage)
        // An attached index must follow both of its indexes.
        #expect(entry.isIndependent == (independent && !words.hasPrefix("INDEX ATTACH")))
    }

    // MARK: The choice

    private func object(
        _ classID: UInt32, _ objectID: UInt32, _ name: QualifiedName? = nil, kind: String? = nil
    ) -> SchemaObject {
        SchemaObject(
            classID: OID(classID), objectID: OID(objectID), identity: .init(type: "x", name: "x"), relation: name,
            kind: kind, isFollowed: name != nil, isForeignKey: false)
    }

    private func entries(_ lines: [String]) -> [ArchiveEntry] {
        lines.enumerated().compactMap { ArchiveEntry(line: "\($0.offset); \($0.element)"[...]) }
    }

    private func choose(
        _ objects: [SchemaObject], _ lines: [String], _ stage: SchemaStage, withTriggers: Bool = true
    ) -> [String] {
        ArchiveSelection(missing: objects, all: objects).choose(entries(lines), stage, withTriggers: withTriggers)
            .map { String($0.description) }
    }

    @Test func objectsAreFoundByCatalogAndOID() {
        let table = object(1259, 100, QualifiedName(schema: "public", name: "t"), kind: "r")
        let chosen = choose(
            [table, object(1247, 200)],
            [
                "1259 100 TABLE public t o", "1247 100 TYPE public other o", "1259 101 TABLE public t2 o",
                "1247 200 TYPE public mood o", "2606 100 CONSTRAINT public t c o",
            ], .tables)
        #expect(chosen == ["TABLE public t o", "TYPE public mood o"])
    }

    @Test func whatHasNoOIDOfItsOwnIsFoundByItsTable() {
        let tables = [
            object(1259, 1, QualifiedName(schema: "public", name: "t"), kind: "r"),
            object(1259, 2, QualifiedName(schema: "S s", name: "Odd \"t"), kind: "p"),
            object(1259, 3, QualifiedName(schema: "public", name: "i"), kind: "i"),
            object(1259, 4, QualifiedName(schema: "public", name: "s"), kind: "S"),
        ]
        let lines = [
            "0 0 TABLE ATTACH public t o", "0 0 TABLE ATTACH public t2 o", "0 0 SEQUENCE OWNED BY public s o",
            "0 0 COMMENT public TABLE t o", "0 0 COMMENT public COLUMN t.id o", "0 0 COMMENT public TABLE tt o",
            "0 0 COMMENT public COLUMN t2.id o", "0 0 COMMENT S s TABLE \"Odd \"\"t\" o",
            "0 0 COMMENT S s COLUMN \"Odd \"\"t\".\"A b\" o", "0 0 ROW SECURITY public t o",
            "0 0 INDEX ATTACH public i o", "0 0 INDEX ATTACH public i2 o", "0 0 ROW SECURITY public t2 o",
        ]
        #expect(
            choose(tables, lines, .tables) == [
                "TABLE ATTACH public t o", "SEQUENCE OWNED BY public s o", "COMMENT public TABLE t o",
                "COMMENT public COLUMN t.id o", "COMMENT S s TABLE \"Odd \"\"t\" o",
                "COMMENT S s COLUMN \"Odd \"\"t\".\"A b\" o",
            ])
        #expect(choose(tables, lines, .keys) == ["ROW SECURITY public t o", "INDEX ATTACH public i o"])
    }

    @Test func whatFiresIsLeftOutWhereItCannotBeKeptFromIt() {
        let lines = [
            "2620 5 TRIGGER public t trg o", "2606 6 FK CONSTRAINT public t fk o", "2606 7 CONSTRAINT public t pk o",
        ]
        let objects = [object(2620, 5), object(2606, 6), object(2606, 7)]
        #expect(choose(objects, lines, .keys) == ["TRIGGER public t trg o", "CONSTRAINT public t pk o"])
        #expect(choose(objects, lines, .keys, withTriggers: false) == ["CONSTRAINT public t pk o"])
        #expect(choose(objects, lines, .foreignKeys) == ["FK CONSTRAINT public t fk o"])
        #expect(choose(objects, lines, .foreignKeys, withTriggers: false).isEmpty)
    }
}

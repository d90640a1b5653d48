import Postgres
import Testing

@testable import Publisher

@Suite struct ArchiveTests {
    @Test(arguments: [UInt8(12), 13, 14, 15, 16])
    func everyFormatIsRead(_ minor: UInt8) throws {
        var archive = ArchiveBytes(minor: minor, entries: 3)
        archive.entry(1, "0", "0", "ENCODING", "ENCODING", sql: "SET client_encoding = 'UTF8';\n")
        archive.entry(
            7, "1259", "4294967295", "TABLE", "a\n-- b", sql: "CREATE TABLE \"a\n-- b\" ();\n", accessMethod: "heap",
            needs: [3, 5])
        archive.entry(8, "2615", "2200", "SCHEMA", "public", sql: nil)
        let entries = try Archive(archive.bytes).entries
        #expect(entries.map(\.number) == [1, 7], "an entry without statements is none")
        let table = entries[1]
        // The largest OID is no negative number, and names keep their line ends.
        #expect(table.classID == OID(1259) && table.objectID == OID(4_294_967_295))
        #expect(table.kind == "TABLE" && table.tag == "a\n-- b" && table.section == .preData)
        #expect(table.sql == "CREATE TABLE \"a\n-- b\" ();\n")
        #expect(table.accessMethod == (minor >= 14 ? "heap" : nil))
        #expect(table.dependencies == [3, 5])
    }

    /// Whatever is cut off is an error with its place, never a shorter schema.
    @Test func everyCutIsNoticed() throws {
        var archive = ArchiveBytes(entries: 2)
        archive.entry(1, "1259", "5", "TABLE", "t", sql: "CREATE TABLE t ();", needs: [9])
        archive.entry(2, "2606", "6", "CONSTRAINT", "t t_pkey", section: 4, sql: "ALTER TABLE t …;")
        _ = try Archive(archive.bytes)
        for length in archive.bytes.indices {
            #expect(throws: PostgresError.self, "cut at \(length)") { try Archive(Array(archive.bytes[..<length])) }
        }
    }

    @Test func whatIsNoSuchArchiveIsRefused() {
        #expect(throws: PostgresError.self) { try Archive(ArchiveBytes(entries: 0, magic: "PGDMQ").bytes) }
        let newer = #expect(throws: PostgresError.self) { try Archive(ArchiveBytes(minor: 17, entries: 0).bytes) }
        #expect(newer?.message == "pg_dump wrote an archive of format 1.17, which is not known")
        #expect(newer?.hint != nil)
        var wrong = ArchiveBytes(entries: 1)
        wrong.entry(1, "x", "5", "TABLE", "t", sql: "…")
        #expect(throws: PostgresError.self) { try Archive(wrong.bytes) }
        var section = ArchiveBytes(entries: 1)
        section.entry(1, "1", "5", "TABLE", "t", section: 9, sql: "…")
        #expect(throws: PostgresError.self) { try Archive(section.bytes) }
    }
}

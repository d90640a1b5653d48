internal import Postgres

// The format of `pg_dump --format=custom --schema-only` (pg_backup_archiver.c: WriteHead, WriteToc, ReadHead, ReadToc;
// pg_backup_custom.c: _WriteExtraToc):
//
//   "PGDMP"  major minor revision  size of an integer  size of an offset  format (1: custom)
//   compression    one integer, since 1.15 one byte
//   the moment     seven integers
//   the database's name, the server's version, pg_dump's version
//   the number of entries, then each entry (`ArchiveEntry`)
//
// An integer is a byte for its sign and then its bytes, the lowest first; a text is its length (-1: null) and its bytes.
// Each entry carries its statements whole, the OID of its object and the entries that it depends on, so nothing of SQL's text
// has to be read. The format is the same for all releases of a server's version; a newer one has a new number.

/// The table of contents of a pg_dump archive in the custom format.
struct Archive {
    /// In the order in which they are restored.
    let entries: [ArchiveEntry]

    /// Newer formats may hold more than is known here.
    private static let versions = 12...16

    /// Reads an archive. Throws XX001, with the place, where the bytes are not as such an archive's.
    init(_ bytes: [UInt8]) throws(PostgresError) {
        var reader = ArchiveReader(bytes)
        guard try reader.take(5).elementsEqual("PGDMP".utf8) else { throw reader.illFormed("no archive of pg_dump") }
        let head = Array(try reader.take(6))
        guard head[0] == 1, Self.versions.contains(Int(head[1])) else {
            throw PostgresError(
                "pg_dump wrote an archive of format \(head[0]).\(head[1]), which is not known",
                hint: "Put a pg_dump on PATH that is of PostgreSQL 18 or older.", sqlState: .featureNotSupported)
        }
        let minor = Int(head[1])
        reader.integerSize = Int(head[3])
        guard (4...8).contains(reader.integerSize), head[5] == 1 else { throw reader.illFormed("no custom format") }
        let offsetSize = Int(head[4])
        if minor >= 15 { _ = try reader.take(1) } else { _ = try reader.integer() }
        for _ in 0..<7 { _ = try reader.integer() }
        for _ in 0..<3 { _ = try reader.text() }
        var entries: [ArchiveEntry] = []
        for _ in 0..<(try reader.integer()) {
            let entry = try ArchiveEntry(&reader, minorVersion: minor)
            // Where its data is: none, as only the schema is dumped.
            _ = try reader.take(1 + offsetSize)
            if let entry { entries.append(entry) }
        }
        self.entries = entries
    }
}

/// A place in an archive's bytes.
struct ArchiveReader {
    private let bytes: [UInt8]
    private var position = 0
    var integerSize = 4

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func take(_ count: Int) throws(PostgresError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else { throw illFormed("the end is missing") }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func integer() throws(PostgresError) -> Int {
        let isNegative = try take(1).first != 0
        var value: UInt64 = 0
        for byte in try take(integerSize).reversed() { value = value << 8 | UInt64(byte) }
        guard let magnitude = Int(exactly: value) else { throw illFormed("a number is too large") }
        return isNegative ? -magnitude : magnitude
    }

    /// Nil for null.
    mutating func text() throws(PostgresError) -> String? {
        let length = try integer()
        if length < 0 { return nil }
        guard let text = String(validating: try take(length), as: UTF8.self) else {
            throw illFormed("a text is not UTF8")
        }
        return text
    }

    func illFormed(_ what: String) -> PostgresError {
        PostgresError(
            "could not read the archive that pg_dump wrote: \(what)", detail: "At byte \(position) of \(bytes.count).",
            hint: "Check that pg_dump is PostgreSQL's own.", sqlState: .dataCorrupted)
    }
}

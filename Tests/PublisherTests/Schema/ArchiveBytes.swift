/// Writes archives as pg_dump does (pg_backup_archiver.c, WriteInt, WriteStr), for tests of their reader.
struct ArchiveBytes {
    var bytes: [UInt8] = []
    let minor: UInt8

    /// The head, up to the number of entries.
    init(minor: UInt8 = 16, entries: Int, magic: String = "PGDMP") {
        self.minor = minor
        bytes = Array(magic.utf8) + [1, minor, 0, 4, 8, 1]
        if minor >= 15 { bytes.append(0) } else { integer(-1) }
        for _ in 0..<7 { integer(1) }
        for word in ["src", "18.1", "18.1"] { text(word) }
        integer(entries)
    }

    mutating func integer(_ value: Int) {
        bytes.append(value < 0 ? 1 : 0)
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: abs(value) >> shift)) }
    }

    mutating func text(_ text: String?) {
        guard let text else { return integer(-1) }
        integer(text.utf8.count)
        bytes += Array(text.utf8)
    }

    mutating func entry(
        _ number: Int, _ classID: String, _ objectID: String, _ kind: String, _ tag: String, section: Int = 2,
        sql: String?, accessMethod: String? = nil, needs dependencies: [Int] = []
    ) {
        integer(number)
        integer(0)
        for word in [classID, objectID, tag, kind] { text(word) }
        integer(section)
        text(sql)
        for word in ["", nil, "public", nil] { text(word) }
        if minor >= 14 { text(accessMethod) }
        if minor >= 16 { integer(0) }
        for word in ["owner", "false"] { text(word) }
        for dependency in dependencies { text(String(dependency)) }
        text(nil)
        bytes += [2] + [UInt8](repeating: 0, count: 8)
    }
}

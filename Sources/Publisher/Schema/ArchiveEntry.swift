internal import Postgres

/// An entry of an archive's table of contents: one object, with the statements that make it.
struct ArchiveEntry: Hashable {
    /// Its number in this archive.
    let number: Int
    /// The object's catalog and OID; the catalog is 0 for what is no object of its own: a comment, an attachment, an owner.
    let classID: OID
    let objectID: OID
    /// pg_dump's word: `TABLE`, `FK CONSTRAINT`, `COMMENT`.
    let kind: String
    /// The object's name, for people.
    let tag: String
    let section: Section
    /// Statements, each with its semicolon.
    let sql: String
    /// A table's access method; nil for other objects, and from servers before 12.
    let accessMethod: String?
    /// Numbers of the entries that must come before. Some are of objects that need no entry.
    let dependencies: [Int]

    /// pg_dump.h, teSection.
    enum Section: Int {
        /// Goes with what it belongs to: comments.
        case none = 1
        case preData, data, postData
    }

    init(
        number: Int, classID: OID, objectID: OID, kind: String, tag: String, section: Section, sql: String,
        accessMethod: String? = nil, dependencies: [Int] = []
    ) {
        self.number = number
        self.classID = classID
        self.objectID = objectID
        self.kind = kind
        self.tag = tag
        self.section = section
        self.sql = sql
        self.accessMethod = accessMethod
        self.dependencies = dependencies
    }

    /// Reads the next entry; nil for one without statements.
    init?(_ reader: inout ArchiveReader, minorVersion: Int) throws(PostgresError) {
        let number = try reader.integer()
        // Whether it has data.
        _ = try reader.integer()
        let classID = try Self.oid(try reader.text(), reader)
        let objectID = try Self.oid(try reader.text(), reader)
        let tag = try reader.text() ?? ""
        let kind = try reader.text() ?? ""
        guard let section = Section(rawValue: try reader.integer()) else {
            throw reader.illFormed("an unknown section")
        }
        let sql = try reader.text() ?? ""
        // The statements that drop it, and that copy its data; its schema and tablespace.
        for _ in 0..<4 { _ = try reader.text() }
        let accessMethod = minorVersion >= 14 ? try reader.text() : nil
        // The kind of relation.
        if minorVersion >= 16 { _ = try reader.integer() }
        // Its owner, and whether it has OIDs.
        for _ in 0..<2 { _ = try reader.text() }
        var dependencies: [Int] = []
        while let text = try reader.text() {
            guard let dependency = Int(text) else { throw reader.illFormed("a dependency is no number") }
            dependencies.append(dependency)
        }
        guard !sql.isEmpty else { return nil }
        self.init(
            number: number, classID: classID, objectID: objectID, kind: kind, tag: tag, section: section, sql: sql,
            accessMethod: accessMethod?.isEmpty == true ? nil : accessMethod, dependencies: dependencies)
    }

    private static func oid(_ text: String?, _ reader: ArchiveReader) throws(PostgresError) -> OID {
        guard let text, let value = UInt32(text) else { throw reader.illFormed("an OID is no number") }
        return OID(value)
    }

    /// Keys and indexes do not wait for each other.
    var isIndependent: Bool { ["INDEX", "CONSTRAINT"].contains(kind) }

    /// Acts on rows that are written while it is there.
    var firesOnRows: Bool { ["TRIGGER", "RULE", "FK CONSTRAINT"].contains(kind) }

    /// No object of its own: it belongs to what it depends on.
    var isPart: Bool { classID == OID(0) }
}

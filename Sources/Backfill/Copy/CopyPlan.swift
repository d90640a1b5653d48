internal import Postgres

/// A table to copy: its columns and rows, and how large it is.
struct CopyTable: Hashable, Sendable {
    let oid: OID
    let name: QualifiedName
    /// Without those that the shadow computes itself.
    let columns: [String]
    /// Those that the publication does not send.
    let unsentColumns: [String]
    /// The types of `columns` have one binary form on all servers, so that a value may come that is too long as text.
    let hasBinaryForm: Bool
    /// Columns of text, varchar and bytea, of which one value may be that long.
    let textColumns: [String]
    let filter: String?
    let isPartitioned: Bool
    /// Pages of its heap.
    let pages: Int
}

/// A table, or a range of its pages, that one worker copies in one transaction of the shadow.
struct CopyPart: Hashable, Sendable {
    let table: CopyTable
    let firstPage: Int
    /// Nil in the last part, whose range is open.
    let endPage: Int?
    /// How many parts the table has.
    let count: Int

    var isWhole: Bool { count == 1 }
}

/// Divides the tables among workers: the largest first, and those that would keep one worker busy long after the others
/// are done, in several parts.
enum CopyPlan {
    /// Pages below which a table is not divided: 128 MB of 8 kB pages.
    static let smallestPart = 16_384

    /// - Parameter canDivide: the source finds a range of pages without reading the whole table (TID Range Scan, since 14).
    static func parts(of tables: [CopyTable], jobs: Int, canDivide: Bool) -> [CopyPart] {
        var parts: [CopyPart] = []
        for table in tables.sorted(by: { ($0.pages, $1.name) > ($1.pages, $0.name) }) {
            let size = max(smallestPart, table.pages / max(1, jobs * 2))
            let divides = canDivide && jobs > 1 && !table.isPartitioned && !table.columns.isEmpty
            let count = divides ? max(1, (table.pages + size - 1) / size) : 1
            for part in 0..<count {
                parts.append(
                    CopyPart(
                        table: table, firstPage: part * size, endPage: part == count - 1 ? nil : (part + 1) * size,
                        count: count))
            }
        }
        return parts
    }
}

/// A column of a table to print.
struct PrintColumn: Sendable, Equatable {
    /// The kind of the values, which decides the alignment and how JSON shows them.
    enum Kind: Sendable, Equatable { case text, number, money, boolean, json }

    /// The heading, in the client's encoding.
    var heading: [UInt8]
    var kind: Kind

    init(heading: [UInt8], kind: Kind = .text) {
        self.heading = heading
        self.kind = kind
    }

    init(_ heading: String, kind: Kind = .text) {
        self.init(heading: Array(heading.utf8), kind: kind)
    }

    /// psql aligns numbers and money to the right, all else to the left.
    var isRightAligned: Bool { kind == .number || kind == .money }
}

/// A table for the printers: a query's result, or one that a meta-command has put together.
protocol PrintableTable {
    /// Above the table; nil takes the one of the options (`\pset title`).
    var title: String? { get }
    var columns: [PrintColumn] { get }
    var rowCount: Int { get }
    /// Below the table; empty takes "(n rows)" where the options allow it.
    var footers: [String] { get }

    /// The value's bytes in the client's encoding, nil for NULL.
    @_lifetime(borrow self)
    func cell(row: Int, column: Int) -> Span<UInt8>?
}

extension PrintableTable {
    var title: String? { nil }
    var footers: [String] { [] }
}

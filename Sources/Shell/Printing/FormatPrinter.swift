/// The formats without a layout: each value is written as it comes. One extension a format, a function each for rows and
/// for expanded.
struct FormatPrinter<Table: PrintableTable> {
    let table: Table
    let options: PrintOptions
    let columns: [PrintColumn]
    let null: [UInt8]

    init(_ table: Table, _ options: PrintOptions) {
        self.table = table
        self.options = options
        columns = table.columns
        null = Array(options.null.utf8)
    }

    /// The rows that have cells: a result without columns has none.
    var rows: Range<Int> { 0..<(columns.isEmpty ? 0 : table.rowCount) }

    /// Nil where it is not to be shown.
    var title: String? { options.tuplesOnly ? nil : table.title ?? options.title }

    /// The footer of a table of rows.
    var footers: [String] { options.tuplesOnly ? [] : table.footers(with: options) }

    /// The footer of an expanded table, whose records are numbered: no "(n rows)".
    var expandedFooters: [String] { options.tuplesOnly ? [] : table.footers }

    /// Writes a value with some bytes replaced.
    func write(_ text: Span<UInt8>, _ output: inout Output, escaping: (UInt8) -> StaticString?) {
        for index in text.indices {
            if let escape = escaping(text[index]) {
                output.write(escape)
            } else {
                output.write(text[index])
            }
        }
    }

    /// Whether a value is nothing but spaces and tabs.
    func isBlank(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where text[index] != UInt8(ascii: " ") && text[index] != UInt8(ascii: "\t") {
            return false
        }
        return true
    }

    /// Expanded and no records: psql prints "(0 rows)" alone.
    func expandedWithoutRecords(_ output: inout Output) {
        for footer in footers {
            output.write(footer)
            output.write("\n")
        }
        output.write("\n")
    }
}

extension PrintableTable {
    /// The footers, or "(n rows)" where there are none and the options allow it.
    func footers(with options: PrintOptions) -> [String] {
        guard footers.isEmpty && options.defaultFooter else { return footers }
        let records = options.priorRecords + rowCount
        return [records == 1 ? "(1 row)" : "(\(records) rows)"]
    }
}

extension Output {
    mutating func write(_ text: StaticString) {
        text.withUTF8Buffer { bytes in unsafe write(bytes.span) }
    }
}

/// The two widths of an expanded table: of the headings and of the data.
struct ExpandedLayout {
    private(set) var headingWidth = 0
    private(set) var dataWidth = 0
    private(set) var headingHasNewlines = false
    /// Whether newline or wrap symbols need a column to the right of the data.
    private(set) var dataHasMarks = false

    init(_ table: some PrintableTable, _ options: PrintOptions, screen: Int) {
        for column in table.columns {
            let size = displaySize(column.heading.span, options.encoding)
            headingWidth = max(headingWidth, size.width)
            if size.height > 1 { headingHasNewlines = true }
        }
        let null = Array(options.null.utf8)
        let nullSize = displaySize(null.span, options.encoding)
        for row in 0..<table.rowCount {
            for column in table.columns.indices {
                var size = nullSize
                if let text = table.cell(row: row, column: column) { size = displaySize(text, options.encoding) }
                dataWidth = max(dataWidth, size.width)
                if size.height > 1 { dataHasMarks = true }
            }
        }
        fit(rows: table.rowCount, options, screen: options.format == .wrapped ? screen : 0)
    }

    /// Widens the data to the record's header line; where a screen is given (wrapped), narrows it to that, but not below
    /// three cells nor below the header line.
    private mutating func fit(rows: Int, _ options: PrintOptions, screen: Int) {
        let border = min(options.border, 2)
        let isOldAscii = options.lineStyle.name == .oldAscii
        // The cells beside headings and data: spaces and rules, and wrap symbols where they have a column of their own.
        var between = [1, 3, 7][border]
        if headingHasNewlines && (border == 0 || (border == 1 && isOldAscii)) { between += 1 }
        if dataHasMarks && border < 2 && !isOldAscii { between += 1 }
        var recordWidth = 0
        if !options.tuplesOnly {
            recordWidth = (rows > 0 ? String(rows).utf8.count : 0) + [9, 12, 15][border]
        }
        while true {
            let full = max(headingWidth + between + dataWidth, recordWidth)
            let least = max(headingWidth + between + 3, recordWidth)
            let target = screen <= 0 || screen >= full ? full : max(screen, least)
            let available = target - headingWidth - between
            if available < dataWidth && !dataHasMarks && border < 2 && !isOldAscii {
                // Wrapping needs the symbols' column after all.
                dataHasMarks = true
                between += 1
            } else {
                dataWidth = available
                return
            }
        }
    }
}

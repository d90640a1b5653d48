extension FormatPrinter {
    func unaligned(_ output: inout Output) {
        var separates = !options.startsTable
        if options.startsTable {
            if let title {
                output.write(title)
                separator(options.recordSeparator, &output)
            }
            if !options.tuplesOnly {
                for (index, column) in columns.enumerated() {
                    if index > 0 { separator(options.fieldSeparator, &output) }
                    output.write(column.heading)
                }
                separates = true
            }
        }
        for row in rows {
            if separates { separator(options.recordSeparator, &output) }
            if output.cancelled { break }
            for column in columns.indices {
                if column > 0 { separator(options.fieldSeparator, &output) }
                writeCell(row, column, &output)
            }
            separates = true
        }
        guard options.endsTable else { return }
        for footer in output.cancelled ? [] : footers {
            if separates { separator(options.recordSeparator, &output) }
            output.write(footer)
            separates = true
        }
        if separates { lastSeparator(&output) }
    }

    func unalignedExpanded(_ output: inout Output) {
        var separates = !options.startsTable
        if options.startsTable, let title {
            output.write(title)
            separates = true
        }
        for row in rows {
            if separates {
                separator(options.recordSeparator, &output)
                separator(options.recordSeparator, &output)
            }
            if output.cancelled { break }
            for (index, column) in columns.enumerated() {
                if index > 0 { separator(options.recordSeparator, &output) }
                output.write(column.heading)
                separator(options.fieldSeparator, &output)
                writeCell(row, index, &output)
            }
            separates = true
        }
        guard options.endsTable else { return }
        if !expandedFooters.isEmpty && !output.cancelled {
            separator(options.recordSeparator, &output)
            for footer in expandedFooters {
                separator(options.recordSeparator, &output)
                output.write(footer)
            }
        }
        if separates { lastSeparator(&output) }
    }

    func writeCell(_ row: Int, _ column: Int, _ output: inout Output) {
        let table = self.table
        if let text = table.cell(row: row, column: column) { output.write(text) } else { output.write(null) }
    }

    private func separator(_ separator: PrintOptions.Separator, _ output: inout Output) {
        switch separator {
        case .text(let text): output.write(text)
        case .zeroByte: output.write(UInt8(0))
        }
    }

    /// The last record ends with a newline whatever the separator is, but a zero byte stays (xargs -0).
    private func lastSeparator(_ output: inout Output) {
        output.write(options.recordSeparator == .zeroByte ? 0 : UInt8(ascii: "\n"))
    }
}

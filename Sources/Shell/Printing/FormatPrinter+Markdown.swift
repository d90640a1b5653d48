extension FormatPrinter {
    /// A table of GitHub's Markdown. It always has a heading line: without one it is not a table.
    func markdown(_ output: inout Output) {
        if options.startsTable {
            markdownTitle(&output)
            for column in columns {
                output.write("| ")
                if !options.tuplesOnly { markdownText(column.heading.span, &output) }
                output.write(" ")
            }
            output.write("|\n")
            for column in columns { output.write(column.isRightAligned ? "|---:" : "|---") }
            output.write("|\n")
        }
        for row in rows {
            if output.cancelled { break }
            for column in columns.indices {
                output.write("| ")
                markdownCell(row, column, &output)
                output.write(" ")
            }
            output.write("|\n")
        }
        markdownEnd(footers, &output)
    }

    func markdownExpanded(_ output: inout Output) {
        if options.startsTable { markdownTitle(&output) }
        for row in rows {
            if output.cancelled { break }
            let record = options.priorRecords + row + 1
            if record > 1 { output.write("\n") }
            output.write(options.tuplesOnly ? "| | |\n|---|---|\n" : "| Record \(record) | |\n|---|---|\n" as String)
            for (index, column) in columns.enumerated() {
                output.write("| ")
                markdownText(column.heading.span, &output)
                output.write(" | ")
                markdownCell(row, index, &output)
                output.write(" |\n")
            }
        }
        markdownEnd(expandedFooters, &output)
    }

    private func markdownTitle(_ output: inout Output) {
        guard let title else { return }
        output.write("**")
        markdownText(Array(title.utf8).span, &output)
        output.write("**\n\n")
    }

    private func markdownEnd(_ footers: [String], _ output: inout Output) {
        guard options.endsTable, !footers.isEmpty, !output.cancelled else { return }
        for footer in footers {
            output.write("\n")
            markdownText(Array(footer.utf8).span, &output)
            output.write("\n")
        }
    }

    private func markdownCell(_ row: Int, _ column: Int, _ output: inout Output) {
        let table = self.table
        if let text = table.cell(row: row, column: column) {
            markdownText(text, &output)
        } else {
            markdownText(null.span, &output)
        }
    }

    /// A cell is one line; characters that Markdown would take for markup are escaped.
    private func markdownText(_ text: Span<UInt8>, _ output: inout Output) {
        write(text, &output) { byte in
            switch byte {
            case UInt8(ascii: "|"): "\\|"
            case UInt8(ascii: "\\"): "\\\\"
            case UInt8(ascii: "*"): "\\*"
            case UInt8(ascii: "_"): "\\_"
            case UInt8(ascii: "`"): "\\`"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "\n"): "<br>"
            case UInt8(ascii: "\r"): ""
            default: nil
            }
        }
    }
}

/// The declaration of the table's lines so far: tbl needs a new one at each change.
private enum TroffLayout { case none, header, body }

extension FormatPrinter {
    func troff(_ output: inout Output) {
        if options.startsTable {
            troffStart(&output)
            let divider = options.border > 0 ? " | " : ""
            output.write(columns.map { $0.isRightAligned ? "r" : "l" }.joined(separator: divider) + ".\n")
            if !options.tuplesOnly {
                for (index, column) in columns.enumerated() {
                    output.write(index > 0 ? "\t\\fI" : "\\fI")
                    troffText(column.heading.span, &output)
                    output.write("\\fP")
                }
                output.write("\n_\n")
            }
        }
        for row in rows {
            for column in columns.indices {
                if column > 0 { output.write("\t") }
                troffCell(row, column, &output)
            }
            output.write("\n")
            if output.cancelled { break }
        }
        if options.endsTable { troffEnd(footers, &output) }
    }

    func troffExpanded(_ output: inout Output) {
        var layout = TroffLayout.body
        let border = min(options.border, 2)
        if options.startsTable {
            troffStart(&output)
            if options.tuplesOnly { output.write("c l;\n") }
            layout = .none
        }
        for row in rows {
            if output.cancelled { break }
            let record = options.priorRecords + row + 1
            if !options.tuplesOnly {
                if layout != .header {
                    if border == 2 && record > 1 { output.write("_\n") }
                    if layout != .none { output.write(".T&\n") }
                    output.write("c s.\n")
                    layout = .header
                }
                output.write("\\fIRecord \(record)\\fP\n" as String)
            }
            if border >= 1 { output.write("_\n") }
            if !options.tuplesOnly && layout != .body {
                output.write(border == 1 ? ".T&\nc | l.\n" : ".T&\nc l.\n")
                layout = .body
            }
            for (index, column) in columns.enumerated() {
                troffText(column.heading.span, &output)
                output.write("\t")
                troffCell(row, index, &output)
                output.write("\n")
            }
        }
        if options.endsTable { troffEnd(expandedFooters, &output) }
    }

    private func troffStart(_ output: inout Output) {
        if let title {
            output.write(".LP\n.DS C\n")
            troffText(Array(title.utf8).span, &output)
            output.write("\n.DE\n")
        }
        output.write(options.border >= 2 ? ".LP\n.TS\ncenter box;\n" : ".LP\n.TS\ncenter;\n")
    }

    private func troffEnd(_ footers: [String], _ output: inout Output) {
        output.write(".TE\n.DS L\n")
        for footer in output.cancelled ? [] : footers {
            troffText(Array(footer.utf8).span, &output)
            output.write("\n")
        }
        output.write(".DE\n")
    }

    private func troffCell(_ row: Int, _ column: Int, _ output: inout Output) {
        let table = self.table
        if let text = table.cell(row: row, column: column) {
            troffText(text, &output)
        } else {
            troffText(null.span, &output)
        }
    }

    private func troffText(_ text: Span<UInt8>, _ output: inout Output) {
        write(text, &output) { $0 == UInt8(ascii: "\\") ? "\\(rs" : nil }
    }
}

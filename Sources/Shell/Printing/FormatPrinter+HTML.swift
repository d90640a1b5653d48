extension FormatPrinter {
    func html(_ output: inout Output) {
        if options.startsTable {
            htmlStart(&output)
            if !options.tuplesOnly {
                output.write("  <tr>\n")
                for column in columns {
                    output.write("    <th align=\"center\">")
                    htmlText(column.heading.span, &output)
                    output.write("</th>\n")
                }
                output.write("  </tr>\n")
            }
        }
        for row in rows {
            if output.cancelled { break }
            output.write("  <tr valign=\"top\">\n")
            for column in columns.indices {
                htmlCell(row, column, &output)
                output.write("</td>\n")
            }
            output.write("  </tr>\n")
        }
        if options.endsTable { htmlEnd(footers, &output) }
    }

    func htmlExpanded(_ output: inout Output) {
        if options.startsTable { htmlStart(&output) }
        for row in rows {
            if output.cancelled { break }
            if options.tuplesOnly {
                output.write("\n  <tr><td colspan=\"2\">&nbsp;</td></tr>\n")
            } else {
                let record = options.priorRecords + row + 1
                output.write("\n  <tr><td colspan=\"2\" align=\"center\">Record \(record)</td></tr>\n" as String)
            }
            for (index, column) in columns.enumerated() {
                output.write("  <tr valign=\"top\">\n    <th>")
                htmlText(column.heading.span, &output)
                output.write("</th>\n")
                htmlCell(row, index, &output)
                output.write("</td>\n  </tr>\n")
            }
        }
        if options.endsTable { htmlEnd(expandedFooters, &output) }
    }

    private func htmlStart(_ output: inout Output) {
        output.write("<table border=\"\(options.border)\"" as String)
        if let attributes = options.tableAttributes { output.write(" " + attributes) }
        output.write(">\n")
        guard let title else { return }
        output.write("  <caption>")
        htmlText(Array(title.utf8).span, &output)
        output.write("</caption>\n")
    }

    private func htmlEnd(_ footers: [String], _ output: inout Output) {
        output.write("</table>\n")
        if !footers.isEmpty && !output.cancelled {
            output.write("<p>")
            for footer in footers {
                htmlText(Array(footer.utf8).span, &output)
                output.write("<br />\n")
            }
            output.write("</p>")
        }
        output.write("\n")
    }

    private func htmlCell(_ row: Int, _ column: Int, _ output: inout Output) {
        output.write(columns[column].isRightAligned ? "    <td align=\"right\">" : "    <td align=\"left\">")
        let table = self.table
        if let text = table.cell(row: row, column: column) {
            htmlValue(text, &output)
        } else {
            htmlValue(null.span, &output)
        }
    }

    private func htmlValue(_ text: Span<UInt8>, _ output: inout Output) {
        if isBlank(text) { output.write("&nbsp; ") } else { htmlText(text, &output) }
    }

    /// Leading spaces are kept, for EXPLAIN's indentation.
    private func htmlText(_ text: Span<UInt8>, _ output: inout Output) {
        var isLeading = true
        write(text, &output) { byte in
            if byte != UInt8(ascii: " ") { isLeading = false }
            switch byte {
            case UInt8(ascii: "&"): return "&amp;"
            case UInt8(ascii: "<"): return "&lt;"
            case UInt8(ascii: ">"): return "&gt;"
            case UInt8(ascii: "\""): return "&quot;"
            case UInt8(ascii: "\n"): return "<br />\n"
            case UInt8(ascii: " "): return isLeading ? "&nbsp;" : nil
            default: return nil
            }
        }
    }
}

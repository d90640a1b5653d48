extension FormatPrinter {
    func asciidoc(_ output: inout Output) {
        let table = self.table
        if options.startsTable {
            asciidocTitle(&output)
            let kinds = columns.map { $0.isRightAligned ? ">l" : "<l" }.joined(separator: ",")
            output.write("[\(options.tuplesOnly ? "" : "options=\"header\",")cols=\"\(kinds)\"" as String)
            asciidocFrame(&output)
            if !options.tuplesOnly {
                for (index, column) in columns.enumerated() {
                    output.write(index > 0 ? " ^l|" : "^l|")
                    asciidocText(column.heading.span, &output)
                }
                output.write("\n")
            }
        }
        for row in rows {
            if output.cancelled { break }
            for column in columns.indices {
                let isLast = column == columns.count - 1
                output.write(column > 0 ? " |" : "|")
                if let text = table.cell(row: row, column: column) {
                    asciidocValue(text, blank: isLast ? "" : " ", &output)
                } else {
                    asciidocValue(null.span, blank: isLast ? "" : " ", &output)
                }
            }
            output.write("\n")
        }
        asciidocEnd(footers, &output)
    }

    func asciidocExpanded(_ output: inout Output) {
        let table = self.table
        if options.startsTable {
            asciidocTitle(&output)
            output.write("[cols=\"h,l\"")
            asciidocFrame(&output)
        }
        for row in rows {
            if output.cancelled { break }
            if options.tuplesOnly {
                output.write("2+|\n")
            } else {
                output.write("2+^|Record \(options.priorRecords + row + 1)\n" as String)
            }
            for (index, column) in columns.enumerated() {
                output.write("<l|")
                asciidocText(column.heading.span, &output)
                output.write(column.isRightAligned ? " >l|" : " <l|")
                if let text = table.cell(row: row, column: index) {
                    asciidocValue(text, blank: " ", &output)
                } else {
                    asciidocValue(null.span, blank: " ", &output)
                }
                output.write("\n")
            }
        }
        asciidocEnd(expandedFooters, &output)
    }

    private func asciidocTitle(_ output: inout Output) {
        output.write("\n")
        if let title { output.write(".\(title)\n" as String) }
    }

    private func asciidocFrame(_ output: inout Output) {
        switch options.border {
        case 0: output.write(",frame=\"none\",grid=\"none\"")
        case 1: output.write(",frame=\"none\"")
        case 2: output.write(",frame=\"all\",grid=\"all\"")
        default: break
        }
        output.write("]\n|====\n")
    }

    private func asciidocEnd(_ footers: [String], _ output: inout Output) {
        output.write("|====\n")
        guard options.endsTable, !footers.isEmpty, !output.cancelled else { return }
        output.write("\n....\n")
        for footer in footers { output.write(footer + "\n") }
        output.write("....\n")
    }

    private func asciidocValue(_ text: Span<UInt8>, blank: StaticString, _ output: inout Output) {
        if isBlank(text) { output.write(blank) } else { asciidocText(text, &output) }
    }

    private func asciidocText(_ text: Span<UInt8>, _ output: inout Output) {
        write(text, &output) { $0 == UInt8(ascii: "|") ? "\\|" : nil }
    }
}

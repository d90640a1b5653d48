extension FormatPrinter {
    func latex(_ output: inout Output) {
        let border = min(options.border, 3)
        if options.startsTable {
            latexTitle(&output)
            let divider = border > 0 ? " | " : ""
            let alignments = columns.map { $0.isRightAligned ? "r" : "l" }.joined(separator: divider)
            output.write("\\begin{tabular}{" + (border >= 2 ? "| \(alignments) |" : alignments) + "}\n")
            if !options.tuplesOnly {
                if border >= 2 { output.write("\\hline\n") }
                for (index, column) in columns.enumerated() {
                    output.write(index > 0 ? " & \\textit{" : "\\textit{")
                    latexText(column.heading.span, &output)
                    output.write("}")
                }
                output.write(" \\\\\n\\hline\n")
            }
        }
        for row in rows {
            for column in columns.indices {
                if column > 0 { output.write(" & ") }
                latexCell(row, column, &output)
            }
            output.write(" \\\\\n")
            if border == 3 { output.write("\\hline\n") }
            if output.cancelled { break }
        }
        if options.endsTable { latexEnd(border, footers, &output) }
    }

    func latexExpanded(_ output: inout Output) {
        let border = min(options.border, 2)
        if options.startsTable {
            latexTitle(&output)
            output.write("\\begin{tabular}{" + ["cl", "c|l", "|c|l|"][border] + "}\n")
        }
        for row in rows {
            if output.cancelled { break }
            if !options.tuplesOnly {
                let columns = border == 2 ? "|c|" : "c"
                let record = options.priorRecords + row + 1
                if border == 2 { output.write("\\hline\n") }
                output.write("\\multicolumn{2}{\(columns)}{\\textit{Record \(record)}} \\\\\n" as String)
            }
            if border >= 1 { output.write("\\hline\n") }
            for (index, column) in columns.enumerated() {
                latexText(column.heading.span, &output)
                output.write(" & ")
                latexCell(row, index, &output)
                output.write(" \\\\\n")
            }
        }
        if options.endsTable { latexEnd(border, expandedFooters, &output) }
    }

    private func latexTitle(_ output: inout Output) {
        guard let title else { return }
        output.write("\\begin{center}\n")
        latexText(title, &output)
        output.write("\n\\end{center}\n\n")
    }

    private func latexEnd(_ border: Int, _ footers: [String], _ output: inout Output) {
        if border == 2 { output.write("\\hline\n") }
        output.write("\\end{tabular}\n\n\\noindent ")
        for footer in output.cancelled ? [] : footers {
            latexText(footer, &output)
            output.write(" \\\\\n")
        }
        output.write("\n")
    }

    func latexCell(_ row: Int, _ column: Int, _ output: inout Output) {
        let table = self.table
        if let text = table.cell(row: row, column: column) {
            latexText(text, &output)
        } else {
            latexText(null.span, &output)
        }
    }

    func latexText(_ text: String, _ output: inout Output) {
        latexText(Array(text.utf8).span, &output)
    }

    func latexText(_ text: Span<UInt8>, _ output: inout Output) {
        write(text, &output) { byte in
            switch byte {
            case UInt8(ascii: "#"): "\\#"
            case UInt8(ascii: "$"): "\\$"
            case UInt8(ascii: "%"): "\\%"
            case UInt8(ascii: "&"): "\\&"
            case UInt8(ascii: "<"): "\\textless{}"
            case UInt8(ascii: ">"): "\\textgreater{}"
            case UInt8(ascii: "\\"): "\\textbackslash{}"
            case UInt8(ascii: "^"): "\\^{}"
            case UInt8(ascii: "_"): "\\_"
            case UInt8(ascii: "{"): "\\{"
            case UInt8(ascii: "|"): "\\textbar{}"
            case UInt8(ascii: "}"): "\\}"
            case UInt8(ascii: "~"): "\\~{}"
            case UInt8(ascii: "\n"): "\\\\"
            default: nil
            }
        }
    }
}

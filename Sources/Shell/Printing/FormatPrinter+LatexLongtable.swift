extension FormatPrinter {
    /// A table over several pages. Expanded, it is the plain LaTeX format's.
    func latexLongtable(_ output: inout Output) {
        let border = min(options.border, 3)
        if options.startsTable {
            output.write("\\begin{longtable}{" + (border >= 2 ? "| " : ""))
            output.write(longtableAlignments().joined(separator: border > 0 ? " | " : ""))
            output.write(border >= 2 ? " |}\n" : "}\n")
            if !options.tuplesOnly { longtableHeads(border, &output) }
        }
        for row in rows {
            for column in columns.indices {
                output.write(column > 0 ? "\n&\n\\raggedright{" : "\\raggedright{")
                latexCell(row, column, &output)
                output.write("}")
            }
            output.write(" \\tabularnewline\n")
            if border == 3 { output.write(" \\hline\n") }
            if output.cancelled { break }
        }
        if options.endsTable { output.write("\\end{longtable}\n") }
    }

    /// Left-aligned columns take the widths of `\pset tableattr` in turn, the last one again for those that remain.
    private func longtableAlignments() -> [String] {
        let widths = (options.tableAttributes ?? "").split { $0 == " " || $0 == "\t" || $0 == "\n" }
        var used = 0
        return columns.map { column in
            if column.isRightAligned { return "r" }
            guard !widths.isEmpty else { return "l" }
            defer { used += 1 }
            return "p{\(widths[min(used, widths.count - 1)])\\textwidth}"
        }
    }

    /// The head of the first page, of those that follow, and the feet.
    private func longtableHeads(_ border: Int, _ output: inout Output) {
        longtableHeadings(border, &output)
        output.write("\\midrule\n\\endfirsthead\n")
        longtableHeadings(border, &output)
        if border != 3 { output.write("\\midrule\n") }
        output.write("\\endhead\n")
        if let title {
            if border == 2 { output.write("\\bottomrule\n") }
            output.write("\\caption[")
            latexText(title, &output)
            output.write(" (Continued)]{")
            latexText(title, &output)
            output.write("}\n\\endfoot\n")
            if border == 2 { output.write("\\bottomrule\n") }
            output.write("\\caption[")
            latexText(title, &output)
            output.write("]{")
            latexText(title, &output)
            output.write("}\n\\endlastfoot\n")
        } else if border >= 2 {
            output.write("\\bottomrule\n\\endfoot\n\\bottomrule\n\\endlastfoot\n")
        }
    }

    private func longtableHeadings(_ border: Int, _ output: inout Output) {
        if border >= 2 { output.write("\\toprule\n") }
        for (index, column) in columns.enumerated() {
            output.write(index > 0 ? " & \\small\\textbf{\\textit{" : "\\small\\textbf{\\textit{")
            latexText(column.heading.span, &output)
            output.write("}}")
        }
        output.write(" \\\\\n")
    }
}

extension FormatPrinter {
    /// Title and footers are not data and are left out.
    func csv(_ output: inout Output) {
        if options.startsTable && !options.tuplesOnly {
            for (index, column) in columns.enumerated() {
                if index > 0 { output.write(options.csvFieldSeparator) }
                csvField(column.heading.span, &output)
            }
            output.write(UInt8(ascii: "\n"))
        }
        for row in rows {
            if output.cancelled { return }
            for column in columns.indices {
                if column > 0 { output.write(options.csvFieldSeparator) }
                csvCell(row, column, &output)
            }
            output.write(UInt8(ascii: "\n"))
        }
    }

    func csvExpanded(_ output: inout Output) {
        for row in rows {
            if output.cancelled { return }
            for (index, column) in columns.enumerated() {
                csvField(column.heading.span, &output)
                output.write(options.csvFieldSeparator)
                csvCell(row, index, &output)
                output.write(UInt8(ascii: "\n"))
            }
        }
    }

    private func csvCell(_ row: Int, _ column: Int, _ output: inout Output) {
        let table = self.table
        if let text = table.cell(row: row, column: column) {
            csvField(text, &output)
        } else {
            csvField(null.span, &output)
        }
    }

    /// Quoted where it holds the separator, a quote or a line end, and where it could read as COPY's end of data, `\.`.
    private func csvField(_ text: Span<UInt8>, _ output: inout Output) {
        let quote = UInt8(ascii: "\"")
        let separator = options.csvFieldSeparator
        var isQuoted =
            separator == UInt8(ascii: "\\") || separator == UInt8(ascii: ".")
            || (text.count == 2 && text[0] == UInt8(ascii: "\\") && text[1] == UInt8(ascii: "."))
        for index in text.indices where !isQuoted {
            let byte = text[index]
            isQuoted = byte == separator || byte == quote || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
        }
        guard isQuoted else { return output.write(text) }
        output.write(quote)
        for index in text.indices {
            if text[index] == quote { output.write(quote) }
            output.write(text[index])
        }
        output.write(quote)
    }
}

/// The aligned and wrapped formats: a grid of columns.
struct AlignedPrinter<Table: PrintableTable> {
    private let table: Table
    private let options: PrintOptions
    private let layout: AlignedLayout
    private let style: LineStyle
    private let border: Int
    private let columns: [PrintColumn]
    private let null: [UInt8]

    init(_ table: Table, _ options: PrintOptions, _ layout: AlignedLayout) {
        self.table = table
        self.options = options
        self.layout = layout
        style = options.effectiveLineStyle
        border = min(options.border, 2)
        columns = table.columns
        null = Array(options.null.utf8)
    }

    func print(_ output: inout Output) {
        if options.startsTable {
            title(&output)
            if !options.tuplesOnly { headings(&output) }
        }
        if !columns.isEmpty {
            if layout.isPlainAndUnwrapped { plainRows(&output) } else { rows(&output) }
        }
        guard options.endsTable else { return }
        if border == 2 && !output.cancelled { rule(style.bottom, &output) }
        if !options.tuplesOnly && !output.cancelled {
            for footer in table.footers(with: options) {
                output.write(footer)
                output.write(UInt8(ascii: "\n"))
            }
        }
        output.write(UInt8(ascii: "\n"))
    }

    private func title(_ output: inout Output) {
        guard !options.tuplesOnly, let title = table.title ?? options.title else { return }
        let width = displaySize(Array(title.utf8).span, options.encoding).width
        output.write(spaces: (layout.totalWidth - width) / 2)
        output.write(title)
        output.write(UInt8(ascii: "\n"))
    }

    private func headings(_ output: inout Output) {
        if border == 2 { rule(style.top, &output) }
        let texts = columns.map { DisplayText($0.heading.span, options.encoding) }
        for line in 0..<(texts.map(\.lines.count).max() ?? 0) {
            if border == 2 { output.write(style.data.left) }
            for (column, text) in texts.enumerated() {
                if border != 0 || (!style.marksRightOfBorderless && column > 0) {
                    output.write(line > 0 ? style.headingLeft : [UInt8(ascii: " ")])
                }
                if line < text.lines.count {
                    let part = text.lines[line]
                    let blanks = layout.widths[column] - part.width
                    output.write(spaces: blanks / 2)
                    output.write(text, part.start..<part.end)
                    output.write(spaces: (blanks + 1) / 2)
                } else {
                    output.write(spaces: layout.widths[column])
                }
                if border != 0 || style.marksRightOfBorderless {
                    output.write(line + 1 < text.lines.count ? style.headingRight : [UInt8(ascii: " ")])
                }
                if border != 0 && column < columns.count - 1 { output.write(style.data.middle) }
            }
            if border == 2 { output.write(style.data.right) }
            output.write(UInt8(ascii: "\n"))
        }
        rule(style.middle, &output)
    }

    private func rule(_ rule: LineStyle.Rule, _ output: inout Output) {
        if border == 2 { output.write(rule.left) }
        if border > 0 { output.write(rule.horizontal) }
        for (column, width) in layout.widths.enumerated() {
            output.write(rule.horizontal, times: width)
            guard column < columns.count - 1 else { continue }
            if border == 0 {
                output.write(UInt8(ascii: " "))
            } else {
                output.write(rule.horizontal)
                output.write(rule.middle)
                output.write(rule.horizontal)
            }
        }
        if border > 0 { output.write(rule.horizontal) }
        if border == 2 { output.write(rule.right) }
        output.write(UInt8(ascii: "\n"))
    }

    /// Cells that are all one line of ASCII: each is its bytes and spaces.
    private func plainRows(_ output: inout Output) {
        let table = self.table
        let space = UInt8(ascii: " ")
        let first = border == 2 ? style.data.left + [space] : border == 1 ? [space] : []
        let between = border == 0 ? [space] : [space] + style.data.middle + [space]
        let last = border == 2 ? [space] + style.data.right + [UInt8(ascii: "\n")] : [UInt8(ascii: "\n")]
        let widths = layout.widths
        let isRight = columns.map(\.isRightAligned)
        for row in 0..<table.rowCount {
            if output.cancelled { break }
            output.write(first)
            for column in widths.indices {
                let isLast = column == widths.count - 1
                let padding = Padding(width: widths[column], isRight: isRight[column], padsEnd: !isLast || border == 2)
                if let text = table.cell(row: row, column: column) {
                    padding.write(text, &output)
                } else {
                    padding.write(null.span, &output)
                }
                output.write(isLast ? last : between)
            }
        }
    }

    /// Cells with several lines or wide characters.
    private func rows(_ output: inout Output) {
        let table = self.table
        var row = AlignedRow(
            widths: layout.widths, isRightAligned: columns.map(\.isRightAligned), style: style, border: border,
            encoding: options.encoding)
        for index in 0..<table.rowCount {
            if output.cancelled { break }
            for column in columns.indices {
                if let text = table.cell(row: index, column: column) {
                    row.setCell(column, text)
                } else {
                    row.setCell(column, null.span)
                }
            }
            row.print(&output)
        }
    }
}

/// The spaces around a plain value.
private struct Padding {
    let width: Int
    let isRight: Bool
    /// Whether something follows on the line.
    let padsEnd: Bool

    func write(_ text: Span<UInt8>, _ output: inout Output) {
        if isRight { output.write(spaces: width - text.count) }
        output.write(text)
        if !isRight && padsEnd { output.write(spaces: width - text.count) }
    }
}

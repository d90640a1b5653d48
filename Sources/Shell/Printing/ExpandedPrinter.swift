/// The aligned formats on their side: a block a record, a line a column.
struct ExpandedPrinter<Table: PrintableTable> {
    private let table: Table
    private let options: PrintOptions
    private let layout: ExpandedLayout
    private let style: LineStyle
    private let border: Int
    private let columns: [PrintColumn]
    private let null: [UInt8]

    private static var space: UInt8 { UInt8(ascii: " ") }
    private static var newline: UInt8 { UInt8(ascii: "\n") }

    init(_ table: Table, _ options: PrintOptions, screen: Int) {
        self.table = table
        self.options = options
        layout = ExpandedLayout(table, options, screen: screen)
        style = options.effectiveLineStyle
        border = min(options.border, 2)
        columns = table.columns
        null = Array(options.null.utf8)
    }

    func print(_ output: inout Output) {
        if options.startsTable && !options.tuplesOnly, let title = table.title ?? options.title {
            output.write(title)
            output.write(Self.newline)
        }
        let table = self.table
        let headings = columns.map { DisplayText($0.heading.span, options.encoding) }
        var text = DisplayText()
        for row in 0..<(columns.isEmpty ? 0 : table.rowCount) {
            for column in columns.indices {
                if output.cancelled { break }
                if column == 0 { recordHeader(row, &output) }
                if let value = table.cell(row: row, column: column) {
                    text.format(value, options.encoding)
                } else {
                    text.format(null.span, options.encoding)
                }
                field(headings[column], text, &output)
            }
        }
        guard options.endsTable else { return }
        if border == 2 && !output.cancelled {
            recordLine(nil, style.bottom, headingWidth: layout.headingWidth, &output)
        }
        if !options.tuplesOnly && !table.footers.isEmpty && !output.cancelled {
            if border < 2 { output.write(Self.newline) }
            for footer in table.footers {
                output.write(footer)
                output.write(Self.newline)
            }
        }
        output.write(Self.newline)
    }

    private func recordHeader(_ row: Int, _ output: inout Output) {
        let marks = border < 2 && layout.headingHasNewlines && style.name == .oldAscii ? 1 : 0
        let width = layout.headingWidth + marks
        let rule = row == 0 ? style.top : style.middle
        if !options.tuplesOnly {
            recordLine(options.priorRecords + row + 1, rule, headingWidth: width, &output)
        } else if row != 0 || !options.startsTable || border == 2 {
            recordLine(nil, rule, headingWidth: width, &output)
        }
    }

    /// `-[ RECORD 1 ]-+----`: a label that is longer than the headings' column runs into the rule.
    private func recordLine(_ record: Int?, _ rule: LineStyle.Rule, headingWidth: Int, _ output: inout Output) {
        let filler = border > 0 ? rule.horizontal : [Self.space]
        if border == 2 { output.write(rule.left) }
        if border > 0 { output.write(rule.horizontal) }
        var used = 0
        if let record {
            let label = border == 0 ? "* Record \(record)" : "[ RECORD \(record) ]"
            output.write(label)
            used = label.utf8.count
        }
        if border != 2 { used += 1 }
        output.write(filler, times: headingWidth - used)
        used -= headingWidth
        for piece in border > 0 ? [rule.horizontal, rule.middle, rule.horizontal] : [[Self.space]] {
            if used <= 0 { output.write(piece) }
            used -= 1
        }
        output.write(filler, times: layout.dataWidth - max(used, 0))
        if border == 2 {
            output.write(rule.horizontal)
            output.write(rule.right)
        }
        output.write(Self.newline)
    }

    /// Heading and value side by side, each going on until both have ended. Headings are never wrapped.
    private func field(_ heading: DisplayText, _ value: DisplayText, _ output: inout Output) {
        var headingLine = 0
        var line = 0
        var position = 0
        var cellsLeft = value.lines[0].width
        var hasEnded = false
        while !hasEnded || headingLine < heading.lines.count {
            if border == 2 { output.write(style.data.left) }
            headingPart(heading, headingLine, &output)
            if headingLine < heading.lines.count { headingLine += 1 }
            if border > 0 {
                output.write(position > 0 ? style.wrappedRule : line == 0 ? style.data.middle : style.continuedRule)
            }
            if hasEnded {
                if border == 2 {
                    output.write(spaces: layout.dataWidth + 2)
                    output.write(style.data.right)
                }
                output.write(Self.newline)
                continue
            }
            output.write(position == 0 ? [Self.space] : style.wrapLeft)
            let extent = value.lines[line]
            let start = extent.start + position
            let part = value.prefix(from: start, to: extent.end, cells: layout.dataWidth, options.encoding)
            output.write(value, start..<part.end)
            cellsLeft -= part.width
            position = part.end - extent.start

            let blanks = layout.dataWidth - part.width
            let marksContinuation = border > 1 || (layout.dataHasMarks && style.name != .oldAscii)
            if cellsLeft != 0 {
                if marksContinuation {
                    output.write(spaces: blanks)
                    output.write(style.wrapRight)
                }
            } else if line + 1 < value.lines.count {
                if marksContinuation {
                    output.write(spaces: blanks)
                    output.write(style.newlineRight)
                }
                line += 1
                position = 0
                cellsLeft = value.lines[line].width
            } else {
                if border > 1 { output.write(spaces: max(blanks, 0) + 1) }
                hasEnded = true
            }
            if border == 2 { output.write(style.data.right) }
            output.write(Self.newline)
        }
    }

    private func headingPart(_ heading: DisplayText, _ line: Int, _ output: inout Output) {
        let isOldAscii = style.name == .oldAscii
        guard line < heading.lines.count else {
            var width = layout.headingWidth + border
            if layout.headingHasNewlines && (isOldAscii ? border < 2 : border == 0) { width += 1 }
            return output.write(spaces: max(width, 1))
        }
        if border == 2 || (layout.headingHasNewlines && isOldAscii) {
            output.write(line > 0 ? style.headingLeft : [Self.space])
        }
        let part = heading.lines[line]
        output.write(heading, part.start..<part.end)
        output.write(spaces: layout.headingWidth - part.width)
        if border > 0 || (layout.headingHasNewlines && !isOldAscii) {
            output.write(line + 1 < heading.lines.count ? style.headingRight : [Self.space])
        }
    }
}

/// Prints a table in the format of the options, byte for byte as psql 15 does.
///
/// A pager takes the sink's place where the sink is a terminal and the table does not fit it. Each row asks `isCancelled`;
/// a cancelled table ends where it is.
func printTable(
    _ table: some PrintableTable, options: PrintOptions, to sink: any TextSink,
    isCancelled: @escaping () -> Bool = { false }
) {
    if needsCleaning(table, options) {
        printPrepared(cleaned(table, options), options, sink, isCancelled)
    } else {
        printPrepared(table, options, sink, isCancelled)
    }
}

private func printPrepared<Table: PrintableTable>(
    _ table: Table, _ options: PrintOptions, _ sink: any TextSink, _ isCancelled: @escaping () -> Bool
) {
    if isCancelled() { return }
    switch options.format {
    case .aligned, .wrapped:
        printAlignedOrExpanded(table, options, sink, isCancelled)
    default:
        let lines = lineCount(table, options, expanded: options.expanded == .on)
        withPager(lines: lines, options, sink, isCancelled) { printUnruled(table, options, &$0) }
    }
}

private func printUnruled(_ table: some PrintableTable, _ options: PrintOptions, _ output: inout Output) {
    let printer = FormatPrinter(table, options)
    let expanded = options.expanded == .on
    switch options.format {
    case .unaligned: expanded ? printer.unalignedExpanded(&output) : printer.unaligned(&output)
    case .csv: expanded ? printer.csvExpanded(&output) : printer.csv(&output)
    case .html: expanded ? printer.htmlExpanded(&output) : printer.html(&output)
    case .asciidoc: expanded ? printer.asciidocExpanded(&output) : printer.asciidoc(&output)
    case .latex: expanded ? printer.latexExpanded(&output) : printer.latex(&output)
    case .latexLongtable: expanded ? printer.latexExpanded(&output) : printer.latexLongtable(&output)
    case .troffMs: expanded ? printer.troffExpanded(&output) : printer.troff(&output)
    case .json, .ndjson: printer.json(&output)
    case .markdown: expanded ? printer.markdownExpanded(&output) : printer.markdown(&output)
    case .aligned, .wrapped: break
    }
}

private func printAlignedOrExpanded(
    _ table: some PrintableTable, _ options: PrintOptions, _ sink: any TextSink, _ isCancelled: @escaping () -> Bool
) {
    // A result that comes in portions into a pager keeps one form.
    let vertical = options.expanded == .on || (options.expanded == .auto && sink.isPager)
    let layout = vertical ? nil : AlignedLayout(table, options, screen: outputColumns(options, sink))
    guard let layout, !layout.prefersExpanded else {
        let lines = lineCount(table, options, expanded: true)
        let printsRecords = table.rowCount * table.columns.count > 0 || !options.startsTable || !options.endsTable
        guard printsRecords else {
            var output = Output(to: sink, isCancelled: isCancelled)
            FormatPrinter(table, options).expandedWithoutRecords(&output)
            return output.flush()
        }
        return withPager(lines: lines, options, sink, isCancelled) {
            ExpandedPrinter(table, options, screen: outputColumns(options, $0.sink)).print(&$0)
        }
    }
    var lines = lineCount(table, options, expanded: false)
    if sink.canPage && !sink.isPager {
        lines = layout.isTooWide ? .max : lines + layout.extraLines(table)
    }
    withPager(lines: lines, options, sink, isCancelled) { AlignedPrinter(table, options, layout).print(&$0) }
}

/// The width to fit into: `\pset columns`, or for a terminal COLUMNS or its width; 0 where there is none.
private func outputColumns(_ options: PrintOptions, _ sink: any TextSink) -> Int {
    if options.columns > 0 { return options.columns }
    guard let screen = sink.screen else { return 0 }
    return options.environmentColumns > 0 ? options.environmentColumns : screen.columns
}

/// The lines that psql reckons with: footers count as one each.
private func lineCount(_ table: some PrintableTable, _ options: PrintOptions, expanded: Bool) -> Int {
    let rows = expanded ? (table.columns.count + 1) * table.rowCount : table.rowCount + 1
    return options.tuplesOnly ? rows : rows + table.footers.count
}

/// Runs the printer on the sink, or on a pager where the output is longer than the screen (one line is the prompt's).
private func withPager(
    lines: Int, _ options: PrintOptions, _ sink: any TextSink, _ isCancelled: @escaping () -> Bool,
    _ body: (inout Output) -> Void
) {
    var pager: PagerSink?
    if !sink.isPager, sink.canPage, options.pager != .off {
        let rows = sink.screen?.rows ?? 0
        if options.pager == .always || (lines >= rows && lines >= options.pagerMinLines) { pager = sink.openPager() }
    }
    var output = Output(to: pager ?? sink, isCancelled: isCancelled)
    body(&output)
    output.flush()
    pager?.close(interrupted: isCancelled())
}

// MARK: - Values before any format sees them

private func needsCleaning(_ table: some PrintableTable, _ options: PrintOptions) -> Bool {
    for (column, description) in table.columns.enumerated() {
        if !isPrintable(description.heading.span, options.encoding) { return true }
        if options.numericLocale != nil && description.isRightAligned && table.rowCount > 0 { return true }
        for row in 0..<table.rowCount {
            if let text = table.cell(row: row, column: column), !isPrintable(text, options.encoding) { return true }
        }
    }
    return false
}

private func cleaned(_ table: some PrintableTable, _ options: PrintOptions) -> ArrayTable {
    let columns = table.columns.map {
        PrintColumn(heading: clean($0.heading.span, options), kind: $0.kind)
    }
    var copy = ArrayTable(title: table.title, columns: columns, footers: table.footers)
    for row in 0..<table.rowCount {
        for (column, description) in columns.enumerated() {
            if let text = table.cell(row: row, column: column) {
                let locale = description.isRightAligned ? options.numericLocale : nil
                copy.append(locale?.format(text) ?? clean(text, options))
            } else {
                copy.append(nil)
            }
        }
        copy.endRow()
    }
    return copy
}

private func clean(_ text: Span<UInt8>, _ options: PrintOptions) -> [UInt8] {
    if options.encoding == .utf8 { return printable(text) }
    return unsafe text.withUnsafeBytes { unsafe Array($0) }
}

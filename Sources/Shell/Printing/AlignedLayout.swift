/// The widths of an aligned table's columns, found in one pass over all cells.
struct AlignedLayout {
    /// The cells each column is printed in.
    private(set) var widths: [Int] = []
    private let headingWidths: [Int]
    private let headingLines: Int
    private let encoding: TextEncoding
    private let null: [UInt8]
    /// The table's width, and the least that its headings need.
    private(set) var totalWidth = 0
    private var totalHeadingWidth = 0
    private let screenColumns: Int
    private let expanded: PrintOptions.Expanded
    /// Whether every cell is one line of printable ASCII that is not wrapped: the fast path's condition.
    private(set) var isPlainAndUnwrapped = true

    init(_ table: some PrintableTable, _ options: PrintOptions, screen: Int) {
        let columns = table.columns
        let border = min(options.border, 2)
        screenColumns = screen
        expanded = options.expanded
        encoding = options.encoding
        null = Array(options.null.utf8)

        let headings = columns.map { displaySize($0.heading.span, options.encoding) }
        headingWidths = headings.map(\.width)
        headingLines = headings.map(\.height).max() ?? 0
        widths = headingWidths

        var averages = Array(repeating: 0, count: columns.count)
        if !isPlain(null.span) { isPlainAndUnwrapped = false }
        for column in columns.indices {
            var widest = 0
            var sum = 0
            for row in 0..<table.rowCount {
                let width: Int
                if let text = table.cell(row: row, column: column) {
                    if isPlain(text) {
                        width = text.count
                    } else {
                        isPlainAndUnwrapped = false
                        width = displaySize(text, encoding).width
                    }
                } else {
                    width = displaySize(null.span, encoding).width
                }
                widest = max(widest, width)
                sum += width
            }
            widths[column] = max(widths[column], widest)
            averages[column] = table.rowCount > 0 ? sum / table.rowCount : 0
        }

        let rules =
            switch border {
            case 0: columns.count
            case 1: columns.count * 3 - (columns.isEmpty ? 0 : 1)
            default: columns.count * 3 + 1
            }
        totalWidth = rules + widths.reduce(0, +)
        totalHeadingWidth = rules + headingWidths.reduce(0, +)
        if options.format == .wrapped { wrap(averages) }
    }

    /// Takes one cell at a time from the column where it wraps the fewest values: that with the highest ratio of widest to
    /// average, wide columns a little sooner.
    private mutating func wrap(_ averages: [Int]) {
        guard screenColumns > 0, screenColumns >= totalHeadingWidth else { return }
        let widest = widths
        while totalWidth > screenColumns {
            var worst: (column: Int, ratio: Double)?
            for column in widths.indices where averages[column] > 0 && widths[column] > headingWidths[column] {
                let ratio = Double(widths[column]) / Double(averages[column]) + Double(widest[column]) * 0.01
                if ratio > worst?.ratio ?? 0 { worst = (column, ratio) }
            }
            guard let worst else { break }
            widths[worst.column] -= 1
            totalWidth -= 1
            isPlainAndUnwrapped = false
        }
    }

    var isTooWide: Bool {
        screenColumns > 0 && (screenColumns < totalHeadingWidth || screenColumns < totalWidth)
    }

    /// Whether expanded auto turns this table on its side. One column would only get wider.
    var prefersExpanded: Bool { expanded == .auto && widths.count > 1 && isTooWide }

    /// The lines beyond one a row, from newlines and wrapping, for the choice of a pager.
    func extraLines(_ table: some PrintableTable) -> Int {
        var lines = headingLines
        guard !isPlainAndUnwrapped else { return lines }
        for row in 0..<table.rowCount {
            var tallest = 0
            for column in widths.indices {
                let size: DisplayText.Size
                if let text = table.cell(row: row, column: column) {
                    size = displaySize(text, encoding)
                } else {
                    size = displaySize(null.span, encoding)
                }
                if size.width > 0 && widths[column] > 0 {
                    tallest = max(tallest, (size.width - 1) / widths[column] + size.height - 1)
                }
            }
            lines += tallest
        }
        return lines
    }
}

/// One row of an aligned table whose cells may go on over several display lines, by newlines or by wrapping.
struct AlignedRow {
    /// How a cell goes on in the next display line.
    private enum Continuation { case none, wrapped, newline }

    private struct Cell {
        var text = DisplayText()
        /// The line in hand, and where in it the next display line begins.
        var line = 0
        var position = 0
        var continuation = Continuation.none

        var hasEnded: Bool { line >= text.lines.count }
    }

    private let widths: [Int]
    private let isRightAligned: [Bool]
    private let style: LineStyle
    private let border: Int
    private let encoding: TextEncoding
    private var cells: [Cell]

    init(widths: [Int], isRightAligned: [Bool], style: LineStyle, border: Int, encoding: TextEncoding) {
        self.widths = widths
        self.isRightAligned = isRightAligned
        self.style = style
        self.border = border
        self.encoding = encoding
        cells = Array(repeating: Cell(), count: widths.count)
    }

    mutating func setCell(_ column: Int, _ value: Span<UInt8>) {
        cells[column].text.format(value, encoding)
        cells[column].line = 0
        cells[column].position = 0
    }

    mutating func print(_ output: inout Output) {
        repeat {
            if border == 2 { output.write(style.data.left) }
            for column in cells.indices {
                printPart(column, &output)
                if border != 0 && column < cells.count - 1 { divider(before: cells[column + 1], &output) }
            }
            if border == 2 { output.write(style.data.right) }
            output.write(UInt8(ascii: "\n"))
        } while cells.contains { !$0.hasEnded }
    }

    /// Prints the next part of a cell between its wrap symbols and moves on.
    private mutating func printPart(_ column: Int, _ output: inout Output) {
        let isLast = column == cells.count - 1
        let padsAlways = border == 2 || !isLast
        let width = widths[column]
        let isRight = isRightAligned[column]
        if border != 0 {
            switch cells[column].continuation {
            case .none: output.write(UInt8(ascii: " "))
            case .wrapped: output.write(style.wrapLeft)
            case .newline: output.write(style.newlineLeft)
            }
        }
        var blanks = 0
        if cells[column].hasEnded {
            if padsAlways { output.write(spaces: width) }
        } else {
            let cell = cells[column]
            let line = cell.text.lines[cell.line]
            let start = line.start + cell.position
            let part = cell.text.prefix(from: start, to: line.end, cells: width, encoding)
            // A character wider than the column is printed all the same.
            blanks = width - min(part.width, width)
            if isRight { output.write(spaces: blanks) }
            output.write(cell.text, start..<part.end)
            if part.end < line.end {
                cells[column].position = part.end - line.start
            } else {
                cells[column].line += 1
                cells[column].position = 0
            }
        }
        cells[column].continuation =
            cells[column].hasEnded
            ? .none : cells[column].position > 0 ? .wrapped : cells[column].line > 0 ? .newline : .none
        let continuation = cells[column].continuation
        if !isRight && (padsAlways || continuation != .none) { output.write(spaces: blanks) }
        switch continuation {
        case .wrapped: output.write(style.wrapRight)
        case .newline: output.write(style.newlineRight)
        case .none: if padsAlways { output.write(UInt8(ascii: " ")) }
        }
    }

    /// The rule before a cell shows how that cell goes on, or that it has ended.
    private func divider(before cell: Cell, _ output: inout Output) {
        switch cell.continuation {
        case .wrapped: output.write(style.wrappedRule)
        case .newline: output.write(style.continuedRule)
        case .none: output.write(cell.hasEnded ? style.blankRule : style.data.middle)
        }
    }
}

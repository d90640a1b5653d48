/// A table in memory, for meta-commands. All cells lie in one buffer.
struct ArrayTable: PrintableTable, Sendable {
    var title: String?
    var columns: [PrintColumn]
    var footers: [String]
    private(set) var rowCount = 0

    private var bytes: [UInt8] = []
    /// The end of each cell in `bytes`, row by row; negative (the complement) for NULL.
    private var ends: [Int] = []

    init(title: String? = nil, columns: [PrintColumn], footers: [String] = []) {
        self.title = title
        self.columns = columns
        self.footers = footers
    }

    init(title: String? = nil, headings: [String], rows: [[String?]], footers: [String] = []) {
        self.init(title: title, columns: headings.map { PrintColumn($0) }, footers: footers)
        for row in rows { append(row) }
    }

    /// Adds a row; missing values are NULL, surplus ones are left out.
    mutating func append(_ row: [String?]) {
        for column in columns.indices {
            append(column < row.count ? row[column].map { Array($0.utf8) } : nil)
        }
        endRow()
    }

    /// Adds the next cell of the row that `endRow` will close.
    mutating func append(_ cell: [UInt8]?) {
        if let cell { bytes.append(contentsOf: cell) }
        ends.append(cell == nil ? ~bytes.count : bytes.count)
    }

    mutating func endRow() { rowCount += 1 }

    @_lifetime(borrow self)
    func cell(row: Int, column: Int) -> Span<UInt8>? {
        let index = row * columns.count + column
        let end = ends[index]
        if end < 0 { return nil }
        let start = index == 0 ? 0 : ends[index - 1] < 0 ? ~ends[index - 1] : ends[index - 1]
        return bytes.span.extracting(start..<end)
    }
}

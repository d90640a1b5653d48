/// How tables are printed, as `\pset` sets it. The initial values are psql's.
struct PrintOptions: Sendable {
    enum Format: String, Sendable, CaseIterable {
        case aligned, asciidoc, csv, html, json, latex
        case latexLongtable = "latex-longtable"
        case markdown, ndjson
        case troffMs = "troff-ms"
        case unaligned, wrapped
    }

    enum Expanded: String, Sendable { case off, on, auto }

    /// Whether a pager is used for output that does not fit the screen.
    enum Pager: Sendable { case off, on, always }

    /// The separators between fields and records of the unaligned format.
    enum Separator: Sendable, Equatable {
        case text(String)
        case zeroByte
    }

    var format = Format.aligned
    var expanded = Expanded.off
    /// 0 to 2; LaTeX and HTML know more.
    var border = 1
    var pager = Pager.on
    /// No pager for fewer lines than these.
    var pagerMinLines = 0
    /// Rows only: no title, headings, footer.
    var tuplesOnly = false
    /// Whether "(n rows)" is printed.
    var defaultFooter = true
    var title: String?
    /// The text for NULL.
    var null = ""
    var lineStyle = LineStyle.ascii
    var unicodeBorder = LineStyle.Weight.single
    var unicodeColumn = LineStyle.Weight.single
    var unicodeHeader = LineStyle.Weight.single
    var fieldSeparator = Separator.text("|")
    var recordSeparator = Separator.text("\n")
    /// One byte.
    var csvFieldSeparator = UInt8(ascii: ",")
    /// Digit groups and decimal point for numbers; nil prints them as the server sends them.
    var numericLocale: NumericLocale?
    /// HTML's table attributes; LaTeX longtable's column widths.
    var tableAttributes: String?
    /// `\pset columns`: the width for the wrapped format and expanded auto; 0 is the screen's.
    var columns = 0
    /// COLUMNS of the environment at the start, 0 where it is not set.
    var environmentColumns = 0
    var encoding = TextEncoding.utf8

    // A result that is fetched in portions (FETCH_COUNT) is printed as one table by these.
    /// Whether this portion begins the table.
    var startsTable = true
    /// Whether this portion ends the table.
    var endsTable = true
    /// The records printed before this portion.
    var priorRecords = 0
}

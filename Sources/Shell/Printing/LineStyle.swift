/// The characters that the aligned formats draw with.
struct LineStyle: Sendable, Equatable {
    enum Name: String, Sendable, CaseIterable {
        case ascii
        case oldAscii = "old-ascii"
        case unicode
    }

    enum Weight: Int, Sendable { case single, double }

    struct Rule: Sendable, Equatable {
        var horizontal: [UInt8]
        var left: [UInt8]
        var middle: [UInt8]
        var right: [UInt8]

        init(_ horizontal: String, _ left: String, _ middle: String, _ right: String) {
            self.horizontal = Array(horizontal.utf8)
            self.left = Array(left.utf8)
            self.middle = Array(middle.utf8)
            self.right = Array(right.utf8)
        }
    }

    let name: Name
    private(set) var top = Rule("-", "+", "+", "+")
    private(set) var middle = Rule("-", "+", "+", "+")
    private(set) var bottom = Rule("-", "+", "+", "+")
    private(set) var data = Rule("", "|", "|", "|")
    /// The column rule beside a cell that goes on after a newline, that was wrapped, that has ended.
    private(set) var continuedRule = Array("|".utf8)
    private(set) var wrappedRule = Array("|".utf8)
    private(set) var blankRule = Array("|".utf8)
    /// Left of a heading's and a value's continuation, right of a line that goes on.
    private(set) var headingLeft = Array(" ".utf8)
    private(set) var headingRight = Array("+".utf8)
    private(set) var newlineLeft = Array(" ".utf8)
    private(set) var newlineRight = Array("+".utf8)
    private(set) var wrapLeft = Array(".".utf8)
    private(set) var wrapRight = Array(".".utf8)
    /// Whether the wrap symbols of border 0 have a column of their own to the right.
    private(set) var marksRightOfBorderless = true

    static let ascii = LineStyle(name: .ascii)

    static let oldAscii = {
        var style = LineStyle(name: .oldAscii)
        style.continuedRule = Array(":".utf8)
        style.wrappedRule = Array(";".utf8)
        style.blankRule = Array(" ".utf8)
        style.headingLeft = Array("+".utf8)
        style.headingRight = Array(" ".utf8)
        style.newlineRight = Array(" ".utf8)
        style.wrapLeft = Array(" ".utf8)
        style.wrapRight = Array(" ".utf8)
        style.marksRightOfBorderless = false
        return style
    }()

    static func unicode(border: Weight = .single, column: Weight = .single, header: Weight = .single) -> LineStyle {
        let heavyBorder = border == .double
        let heavyColumn = column == .double
        let heavyHeader = header == .double
        let line = heavyBorder ? "═" : "─"
        let edge = heavyBorder ? "║" : "│"
        let divider = heavyColumn ? "║" : "│"
        var style = LineStyle(name: .unicode)
        style.top = Rule(
            line, heavyBorder ? "╔" : "┌", heavyColumn ? heavyBorder ? "╦" : "╥" : heavyBorder ? "╤" : "┬",
            heavyBorder ? "╗" : "┐")
        style.middle = Rule(
            heavyHeader ? "═" : "─", heavyHeader ? heavyBorder ? "╠" : "╞" : heavyBorder ? "╟" : "├",
            heavyColumn ? heavyHeader ? "╬" : "╫" : heavyHeader ? "╪" : "┼",
            heavyHeader ? heavyBorder ? "╣" : "╡" : heavyBorder ? "╢" : "┤")
        style.bottom = Rule(
            line, heavyBorder ? "╚" : "└", heavyColumn ? heavyBorder ? "╩" : "╨" : heavyBorder ? "╧" : "┴",
            heavyBorder ? "╝" : "┘")
        style.data = Rule("", edge, divider, edge)
        style.continuedRule = Array(divider.utf8)
        style.wrappedRule = Array(divider.utf8)
        style.blankRule = Array(divider.utf8)
        style.headingRight = Array("↵".utf8)
        style.newlineRight = Array("↵".utf8)
        style.wrapLeft = Array("…".utf8)
        style.wrapRight = Array("…".utf8)
        return style
    }

    private init(name: Name) { self.name = name }
}

extension PrintOptions {
    /// The style in force, with the weights of the unicode borders.
    var effectiveLineStyle: LineStyle {
        lineStyle.name == .unicode
            ? .unicode(border: unicodeBorder, column: unicodeColumn, header: unicodeHeader) : lineStyle
    }
}

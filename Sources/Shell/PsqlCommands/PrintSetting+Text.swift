/// The texts of `\pset` for an option: the sentence after setting it, and its value in the list.
extension PrintSetting {
    static func announcement(of name: String, in options: PrintOptions) -> String {
        switch name {
        case "border": "Border style is \(options.border)."
        case "columns": options.columns == 0 ? "Target width is unset." : "Target width is \(options.columns)."
        case "x", "expanded", "vertical":
            switch options.expanded {
            case .on: "Expanded display is on."
            case .auto: "Expanded display is used automatically."
            case .off: "Expanded display is off."
            }
        case "csv_fieldsep": "Field separator for CSV is \"\(String(UnicodeScalar(options.csvFieldSeparator)))\"."
        case "fieldsep", "fieldsep_zero":
            text(options.fieldSeparator).map { "Field separator is \"\($0)\"." } ?? "Field separator is zero byte."
        case "footer": "Default footer is \(onOff(options.defaultFooter))."
        case "format": "Output format is \(options.format.rawValue)."
        case "linestyle": "Line style is \(options.lineStyle.name.rawValue)."
        case "null": "Null display is \"\(options.null)\"."
        case "numericlocale": "Locale-adjusted numeric output is \(onOff(options.numericLocale != nil))."
        case "pager":
            switch options.pager {
            case .on: "Pager is used for long output."
            case .always: "Pager is always used."
            case .off: "Pager usage is off."
            }
        case "pager_min_lines":
            "Pager won't be used for less than \(options.pagerMinLines) "
                + (options.pagerMinLines == 1 ? "line." : "lines.")
        case "recordsep", "recordsep_zero":
            switch text(options.recordSeparator) {
            case nil: "Record separator is zero byte."
            case "\n": "Record separator is <newline>."
            case let separator?: "Record separator is \"\(separator)\"."
            }
        case "T", "tableattr":
            options.tableAttributes.map { "Table attributes are \"\($0)\"." } ?? "Table attributes unset."
        case "C", "title": options.title.map { "Title is \"\($0)\"." } ?? "Title is unset."
        case "t", "tuples_only": "Tuples only is \(onOff(options.tuplesOnly))."
        case "unicode_border_linestyle": "Unicode border line style is \"\(weight(options.unicodeBorder))\"."
        case "unicode_column_linestyle": "Unicode column line style is \"\(weight(options.unicodeColumn))\"."
        default: "Unicode header line style is \"\(weight(options.unicodeHeader))\"."
        }
    }

    /// As `\pset` would read it back.
    static func value(of name: String, in options: PrintOptions) -> String {
        switch name {
        case "border": String(options.border)
        case "columns": String(options.columns)
        case "csv_fieldsep": quoted(String(UnicodeScalar(options.csvFieldSeparator)))
        case "expanded": options.expanded.rawValue
        case "fieldsep": quoted(text(options.fieldSeparator) ?? "")
        case "fieldsep_zero": onOff(text(options.fieldSeparator) == nil)
        case "footer": onOff(options.defaultFooter)
        case "format": options.format.rawValue
        case "linestyle": options.lineStyle.name.rawValue
        case "null": quoted(options.null)
        case "numericlocale": onOff(options.numericLocale != nil)
        case "pager":
            switch options.pager {
            case .off: "0"
            case .on: "1"
            case .always: "2"
            }
        case "pager_min_lines": String(options.pagerMinLines)
        case "recordsep": quoted(text(options.recordSeparator) ?? "")
        case "recordsep_zero": onOff(text(options.recordSeparator) == nil)
        case "tableattr": options.tableAttributes.map(quoted) ?? ""
        case "title": options.title.map(quoted) ?? ""
        case "tuples_only": onOff(options.tuplesOnly)
        case "unicode_border_linestyle": weight(options.unicodeBorder)
        case "unicode_column_linestyle": weight(options.unicodeColumn)
        default: weight(options.unicodeHeader)
        }
    }

    static func onOff(_ value: Bool) -> String { value ? "on" : "off" }

    /// Nil for the zero byte.
    private static func text(_ separator: PrintOptions.Separator) -> String? {
        if case .text(let text) = separator { text } else { nil }
    }

    private static func weight(_ weight: LineStyle.Weight) -> String { weight == .single ? "single" : "double" }

    private static func quoted(_ text: String) -> String {
        var result = "'"
        for character in text {
            switch character {
            case "\n": result += "\\n"
            case "'": result += "\\'"
            default: result.append(character)
            }
        }
        return result + "'"
    }
}

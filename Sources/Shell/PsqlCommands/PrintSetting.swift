internal import Postgres

/// The print options by their names in `\pset` (command.c, do_pset).
enum PrintSetting {
    enum Outcome {
        case set
        /// Set, but not announced: psql returns early for these with a value.
        case unchecked
        case refused(String)
    }

    static let names = [
        "border", "columns", "csv_fieldsep", "expanded", "fieldsep", "fieldsep_zero", "footer", "format", "linestyle",
        "null", "numericlocale", "pager", "pager_min_lines", "recordsep", "recordsep_zero", "tableattr", "title",
        "tuples_only", "unicode_border_linestyle", "unicode_column_linestyle", "unicode_header_linestyle",
    ]

    /// Sets an option; without a value switches are toggled, texts are unset, and the others stay.
    static func set(_ name: String, to value: String?, in options: inout PrintOptions) -> Outcome {
        switch name {
        case "format": return setFormat(value, &options)
        case "linestyle", "unicode_border_linestyle", "unicode_column_linestyle", "unicode_header_linestyle":
            return setLineStyle(name, value, &options)
        case "border":
            if let value { options.border = leadingInteger(value) }
        case "columns":
            if let value { options.columns = leadingInteger(value) }
        case "pager_min_lines":
            if let value { options.pagerMinLines = leadingInteger(value) }
        case "x", "expanded", "vertical":
            guard let value else {
                options.expanded = options.expanded == .off ? .on : .off
                break
            }
            if value.lowercased() == "auto" {
                options.expanded = .auto
            } else if let isOn = VariableValue.bool(value) {
                options.expanded = isOn ? .on : .off
            } else {
                return .refused(SpecialVariables.notListed(value, name, "on, off, auto").message)
            }
        case "pager":
            guard let value else {
                options.pager = options.pager == .on ? .off : .on
                break
            }
            if value.lowercased() == "always" {
                options.pager = .always
            } else if let isOn = VariableValue.bool(value) {
                options.pager = isOn ? .on : .off
            } else {
                return .refused(SpecialVariables.notListed(value, name, "on, off, always").message)
            }
        case "csv_fieldsep":
            guard let value else { break }
            guard value.utf8.count == 1, let byte = value.utf8.first else {
                return .refused("\\pset: csv_fieldsep must be a single one-byte character")
            }
            guard byte != UInt8(ascii: "\""), !CharacterClass.isNewline(byte) else {
                return .refused(
                    "\\pset: csv_fieldsep cannot be a double quote, a newline, or a carriage return")
            }
            options.csvFieldSeparator = byte
        case "numericlocale":
            return toggle(name, value, options.numericLocale != nil) { options.numericLocale = $0 ? .current : nil }
        case "t", "tuples_only": return toggle(name, value, options.tuplesOnly) { options.tuplesOnly = $0 }
        case "footer": return toggle(name, value, options.defaultFooter) { options.defaultFooter = $0 }
        case "null":
            if let value { options.null = value }
        case "fieldsep":
            if let value { options.fieldSeparator = .text(value) }
        case "fieldsep_zero": options.fieldSeparator = .zeroByte
        case "recordsep":
            if let value { options.recordSeparator = .text(value) }
        case "recordsep_zero": options.recordSeparator = .zeroByte
        case "C", "title": options.title = value
        case "T", "tableattr": options.tableAttributes = value
        default: return .refused("\\pset: unknown option: \(name)")
        }
        return .set
    }

    private static func toggle(_ name: String, _ value: String?, _ present: Bool, _ assign: (Bool) -> Void) -> Outcome {
        guard let value else {
            assign(!present)
            return .set
        }
        guard let isOn = VariableValue.bool(value) else {
            return .refused(SpecialVariables.notBoolean(value, name).message)
        }
        assign(isOn)
        return .unchecked
    }

    /// As C's atoi: characters after the digits are ignored, and no digits are 0.
    private static func leadingInteger(_ text: String) -> Int {
        var digits = text.drop(while: \.isWhitespace)
        let sign = digits.first == "-" ? -1 : 1
        if digits.first == "-" || digits.first == "+" { digits.removeFirst() }
        return sign * (Int(digits.prefix { ("0"..."9").contains($0) }) ?? 0)
    }

    private static func setFormat(_ value: String?, _ options: inout PrintOptions) -> Outcome {
        guard let value = value?.lowercased() else { return .set }
        // A format's full name also begins others (latex, json).
        if let format = PrintOptions.Format(rawValue: value) {
            options.format = format
            return .set
        }
        let candidates = PrintOptions.Format.allCases
            .filter { $0 != .latexLongtable && $0.rawValue.hasPrefix(value) }
            .sorted { $0.rawValue < $1.rawValue }
        if candidates.count > 1 {
            return .refused(
                "\\pset: ambiguous abbreviation \"\(value)\" matches both \"\(candidates[0].rawValue)\" and "
                    + "\"\(candidates[1].rawValue)\"")
        }
        guard let format = candidates.first ?? ("latex-longtable".hasPrefix(value) ? .latexLongtable : nil) else {
            return .refused(
                "\\pset: allowed formats are aligned, asciidoc, csv, html, json, latex, latex-longtable, markdown, "
                    + "ndjson, troff-ms, unaligned, wrapped")
        }
        options.format = format
        return .set
    }

    private static func setLineStyle(_ name: String, _ value: String?, _ options: inout PrintOptions) -> Outcome {
        guard let value = value?.lowercased() else { return .set }
        if name == "linestyle" {
            guard let style = LineStyle.Name.allCases.first(where: { $0.rawValue.hasPrefix(value) }) else {
                return .refused("\\pset: allowed line styles are ascii, old-ascii, unicode")
            }
            options.lineStyle = lineStyle(style, options)
            return .set
        }
        let weight: LineStyle.Weight
        if "single".hasPrefix(value) {
            weight = .single
        } else if "double".hasPrefix(value) {
            weight = .double
        } else {
            let part =
                name == "unicode_border_linestyle" ? "border" : name == "unicode_column_linestyle" ? "column" : "header"
            return .refused("\\pset: allowed Unicode \(part) line styles are single, double")
        }
        switch name {
        case "unicode_border_linestyle": options.unicodeBorder = weight
        case "unicode_column_linestyle": options.unicodeColumn = weight
        default: options.unicodeHeader = weight
        }
        options.lineStyle = lineStyle(options.lineStyle.name, options)
        return .set
    }

    private static func lineStyle(_ name: LineStyle.Name, _ options: PrintOptions) -> LineStyle {
        switch name {
        case .ascii: .ascii
        case .oldAscii: .oldAscii
        case .unicode:
            .unicode(border: options.unicodeBorder, column: options.unicodeColumn, header: options.unicodeHeader)
        }
    }
}

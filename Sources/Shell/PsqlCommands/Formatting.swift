/// How results are printed. All of them are short forms of `\pset`.
extension PsqlCommand {
    static let formatting: [PsqlCommand] = [
        PsqlCommand(
            "a", section: .formatting,
            help: [Help("\\a", "toggle between unaligned and aligned output mode")]
        ) { call in
            let format = call.session.printOptions.format == .aligned ? "unaligned" : "aligned"
            return call.setPrinting("format", format)
        },
        PsqlCommand(
            "C", section: .formatting, help: [Help("\\C [STRING]", "set table title, or unset if none")]
        ) { call in
            call.setPrinting("title", call.argument(strippingSemicolons: true))
        },
        PsqlCommand(
            "f", section: .formatting,
            help: [Help("\\f [STRING]", "show or set field separator for unaligned query output")]
        ) { call in
            call.setPrinting("fieldsep", call.argument())
        },
        PsqlCommand(
            "H", "html", section: .formatting,
            help: [Help("\\H", "toggle HTML output mode (currently %html%)")]
        ) { call in
            call.setPrinting("format", call.session.printOptions.format == .html ? "aligned" : "html")
        },
        PsqlCommand(
            "pset", section: .formatting,
            help: [
                Help(
                    "\\pset [NAME [VALUE]]",
                    """
                    set table output option
                    (border|columns|csv_fieldsep|expanded|fieldsep|
                    fieldsep_zero|footer|format|linestyle|null|
                    numericlocale|pager|pager_min_lines|recordsep|
                    recordsep_zero|tableattr|title|tuples_only|
                    unicode_border_linestyle|unicode_column_linestyle|
                    unicode_header_linestyle)
                    """)
            ], completes: [.words(PrintSetting.names)]
        ) { call in
            guard let name = call.argument() else {
                for name in PrintSetting.names {
                    let padded = name + String(repeating: " ", count: max(0, 24 - name.count))
                    call.say("\(padded) \(PrintSetting.value(of: name, in: call.session.printOptions))")
                }
                return .done
            }
            return call.setPrinting(name, call.argument())
        },
        PsqlCommand(
            "t", section: .formatting, help: [Help("\\t [on|off]", "show only rows (currently %tuples_only%)")],
            completes: [.words(["on", "off"])]
        ) { call in
            call.setPrinting("tuples_only", call.argument(strippingSemicolons: true))
        },
        PsqlCommand(
            "T", section: .formatting,
            help: [Help("\\T [STRING]", "set HTML <table> tag attributes, or unset if none")]
        ) { call in
            call.setPrinting("tableattr", call.argument())
        },
        PsqlCommand(
            "x", section: .formatting,
            help: [Help("\\x [on|off|auto]", "toggle expanded output (currently %expanded%)")],
            completes: [.words(["on", "off", "auto"])]
        ) { call in
            call.setPrinting("expanded", call.argument(strippingSemicolons: true))
        },
    ]
}

extension CommandCall {
    fileprivate func setPrinting(_ name: String, _ value: String?) -> CommandResult {
        result(session.applyPrintSetting(name, value, announces: !session.settings.quiet))
    }
}

extension ShellSession {
    /// Sets a print option by name, as `\pset` and `-P` do; reports why it cannot be.
    func applyPrintSetting(_ name: String, _ value: String?, announces: Bool) -> Bool {
        switch PrintSetting.set(name, to: value, in: &printOptions) {
        case .refused(let reason):
            log.error(reason)
            return false
        case .unchecked: return true
        case .set:
            if announces { standardOutput.write(PrintSetting.announcement(of: name, in: printOptions) + "\n") }
            return true
        }
    }
}

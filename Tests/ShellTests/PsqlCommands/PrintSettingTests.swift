import Testing

@testable import Shell

@Suite struct PrintSettingTests {
    private func refusal(_ name: String, _ value: String?) -> String? {
        var options = PrintOptions()
        if case .refused(let reason) = PrintSetting.set(name, to: value, in: &options) { return reason }
        return nil
    }

    @Test func everyNameCanBeShown() {
        let options = PrintOptions()
        for name in PrintSetting.names {
            #expect(!PrintSetting.announcement(of: name, in: options).isEmpty)
            _ = PrintSetting.value(of: name, in: options)
        }
    }

    @Test(
        arguments: [
            ("format", "al", .aligned), ("format", "latex", .latex), ("format", "latex-l", .latexLongtable),
            ("format", "json", .json), ("format", "CSV", .csv), ("format", "u", .unaligned),
        ] as [(String, String, PrintOptions.Format)])
    func formatsMayBeShort(_ name: String, _ value: String, _ format: PrintOptions.Format) {
        var options = PrintOptions()
        _ = PrintSetting.set(name, to: value, in: &options)
        #expect(options.format == format)
    }

    @Test func refusals() {
        #expect(
            refusal("format", "a") == "\\pset: ambiguous abbreviation \"a\" matches both \"aligned\" and \"asciidoc\"")
        #expect(refusal("format", "x")?.hasPrefix("\\pset: allowed formats are") == true)
        #expect(refusal("nothing", nil) == "\\pset: unknown option: nothing")
        #expect(refusal("csv_fieldsep", "ab") == "\\pset: csv_fieldsep must be a single one-byte character")
        #expect(refusal("tuples_only", "x") == "unrecognized value \"x\" for \"tuples_only\": Boolean expected")
        #expect(refusal("linestyle", "x") == "\\pset: allowed line styles are ascii, old-ascii, unicode")
        #expect(refusal("border", "2") == nil)
    }

    @Test func switchesToggle() {
        var options = PrintOptions()
        _ = PrintSetting.set("x", to: nil, in: &options)
        #expect(options.expanded == .on)
        _ = PrintSetting.set("expanded", to: "auto", in: &options)
        _ = PrintSetting.set("expanded", to: nil, in: &options)
        #expect(options.expanded == .off)
        _ = PrintSetting.set("t", to: nil, in: &options)
        #expect(options.tuplesOnly)
    }
}

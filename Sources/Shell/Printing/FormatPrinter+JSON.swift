extension FormatPrinter {
    /// `json`: one array of objects; `ndjson`: an object a line. NULL is null, numbers, booleans and JSON values are
    /// themselves, what JSON's grammar has not (NaN, money) is a string. Title and footers are not data and are left out.
    func json(_ output: inout Output) {
        let table = self.table
        let isArray = options.format == .json
        let names = columns.map { jsonString($0.heading.span) + [UInt8(ascii: ":")] }
        if isArray && options.startsTable { output.write("[") }
        for row in rows {
            if output.cancelled { break }
            if isArray { output.write(options.priorRecords + row > 0 ? ",\n " : "\n ") }
            for column in columns.indices {
                output.write(UInt8(ascii: column == 0 ? "{" : ","))
                output.write(names[column])
                if let text = table.cell(row: row, column: column) {
                    jsonValue(text, columns[column].kind, &output)
                } else {
                    output.write("null")
                }
            }
            output.write(isArray ? "}" : "}\n")
        }
        guard isArray && options.endsTable else { return }
        output.write(options.priorRecords + rows.count > 0 ? "\n]\n" : "]\n")
    }

    private func jsonValue(_ text: Span<UInt8>, _ kind: PrintColumn.Kind, _ output: inout Output) {
        switch kind {
        case .number where isJSONNumber(text): output.write(text)
        case .boolean where text.count == 1: output.write(text[0] == UInt8(ascii: "t") ? "true" : "false")
        case .json:
            // Line ends between tokens would break a line of ndjson; inside of strings they are escaped already.
            write(text, &output) { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? " " : nil }
        default: output.write(jsonString(text))
        }
    }

    /// JSON's grammar for numbers, which PostgreSQL's output keeps but for NaN and Infinity.
    private func isJSONNumber(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty else { return false }
        for index in text.indices {
            switch text[index] {
            case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"): continue
            default: return false
            }
        }
        return true
    }

    private func jsonString(_ text: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = [UInt8(ascii: "\"")]
        result.reserveCapacity(text.count + 2)
        for index in text.indices {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): result += Array("\\n".utf8)
            case UInt8(ascii: "\r"): result += Array("\\r".utf8)
            case UInt8(ascii: "\t"): result += Array("\\t".utf8)
            case 0..<0x20:
                result += Array("\\u00".utf8)
                result += [byte >> 4, byte & 15].map { $0 < 10 ? 0x30 + $0 : 0x57 + $0 }
            default: result.append(byte)
            }
        }
        result.append(UInt8(ascii: "\""))
        return result
    }
}

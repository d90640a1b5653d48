internal import Commands
import Foundation

/// Prints the output of a command of the command layer: for people by the shell's printers, or its document as JSON.
struct OutputPrinter {
    let log: MessageLog
    let options: PrintOptions
    var isQuiet = false

    func print(_ output: Commands.Output, asJSON: Bool) {
        let sink = log.queryOutput
        if asJSON {
            sink.write(json(output.document) + "\n")
        } else {
            for block in output.blocks { print(block, to: sink) }
        }
        sink.flush()
    }

    private func print(_ block: Commands.Output.Block, to sink: OutputStream) {
        switch block {
        case .table(let table):
            var columns: [PrintColumn] = []
            for column in table.columns {
                columns.append(PrintColumn(column.name, kind: column.rightAligned ? .number : .text))
            }
            var printed = ArrayTable(title: table.title, columns: columns, footers: table.footers)
            for row in table.rows { printed.append(row) }
            printTable(printed, options: options, to: sink)
        case .fields(let title, let fields):
            if let title { sink.write(title + "\n") }
            let width = fields.map(\.label.count).max() ?? 0
            for field in fields {
                let padding = String(repeating: " ", count: width - field.label.count + 2)
                sink.write(field.value.isEmpty ? field.label + "\n" : "\(field.label)\(padding)\(field.value)\n")
            }
        case .text(let text):
            sink.write(text.hasSuffix("\n") ? text : text + "\n")
        case .warning(let message, let hint):
            log.raw("WARNING:  \(message)\n" + (hint.map { "HINT:  \($0)\n" } ?? ""))
        case .tag(let tag):
            if !isQuiet { sink.write(tag + "\n") }
        }
    }

    private func json(_ document: any Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // A command's document is made of strings, numbers and booleans: it always encodes.
        guard let data = try? encoder.encode(document) else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }
}
